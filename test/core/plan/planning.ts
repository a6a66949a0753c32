import { createHash } from 'node:crypto';
import { planExemptions, type PlanInput } from '../../../src/core/plan/exemption-plan.ts';
import { overlapObstacles } from '../../../src/core/plan/overlap-obstacles.ts';
import { contoso, root, vm1 } from '../contoso.ts';
import { assignment, benchmark, definition, guardrails, now, ownInitiative } from '../policies.ts';

/** A Waiver from the benchmark at the tenant root for vm1, a month long, but for what a test says. */
const input: PlanInput = {
  recommendation: { title: 'Disks should be encrypted', policyDefinitionId: definition },
  scope: vm1,
  category: 'Waiver',
  expiresAt: new Date('2026-12-21T23:59:59Z'),
  assignments: [assignment('mcsb', root, benchmark)],
  initiatives: [benchmark, ownInitiative, guardrails],
  existing: [],
  hierarchy: contoso,
  location: undefined,
  now,
  hash: (text) => createHash('sha256').update(text).digest('hex'),
};

/** The plan, with what exists already in words. */
export const plan = (more: Partial<PlanInput> = {}) => {
  const asked = { ...input, ...more };
  const { targets, obstacles, findings } = planExemptions(asked);
  return { targets, obstacles: [...overlapObstacles(findings, { ...asked, timeZone: 'UTC' }), ...obstacles] };
};
export const codes = (more: Partial<PlanInput>) => plan(more).obstacles.map(({ code, kind }) => [code, kind]);
/** Scope, assignment and reference ids of each target. */
export const aims = (more: Partial<PlanInput>) =>
  plan(more).targets.map(({ scope, assignmentName, referenceIds }) => [scope, assignmentName, referenceIds]);
