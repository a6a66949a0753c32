import { createHash } from 'node:crypto';
import { planExemptions, type PlanInput } from '../../src/core/exemption-plan.ts';
import { contoso, root, vm1 } from './contoso.ts';
import { assignment, benchmark, definition, guardrails, now, ownInitiative } from './policies.ts';

/** Plans for vm1 under the benchmark at the tenant root, but for what a test says. */
export const plan = (more: Partial<PlanInput> = {}) =>
  planExemptions({
    recommendation: { title: 'Disks should be encrypted', policyDefinitionId: definition },
    scope: vm1,
    assignments: [assignment('mcsb', root, benchmark)],
    initiatives: [benchmark, ownInitiative, guardrails],
    existing: [],
    hierarchy: contoso,
    location: undefined,
    now,
    timeZone: 'UTC',
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    ...more,
  });
export const codes = (more: Partial<PlanInput>) => plan(more).obstacles.map(({ code, kind }) => [code, kind]);
/** Scope, assignment and reference ids of each target. */
export const aims = (more: Partial<PlanInput>) =>
  plan(more).targets.map(({ scope, assignmentName, referenceIds }) => [scope, assignmentName, referenceIds]);
