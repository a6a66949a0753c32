import type { ExemptionToWrite } from '../core/exemption.ts';
import type { Target } from '../core/exemption-plan.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { Actor } from '../core/person.ts';
import { moved, type ExemptionRequest } from '../core/request.ts';
import { changeRequest, requestNamed } from './change-request.ts';
import type { Desk } from './desk.ts';
import { refuseUnlessApprover } from './may-decide.ts';

const descriptionLimit = 512;
const actor: Actor = { kind: 'job', name: 'apply-request' };

/** Azure keeps 512 characters: who and which request come in full, the justification as far as it fits. */
const descriptionOf = ({ terms, reference, requester, decision }: ExemptionRequest): string => {
  const source = ` (${reference}, asked for by ${requester.name}, approved by ${decision?.by.name ?? 'nobody'})`.slice(
    0,
    300,
  );
  const room = descriptionLimit - source.length;
  const reason =
    terms.justification.length <= room ? terms.justification : `${terms.justification.slice(0, room - 1)}…`;
  return reason + source;
};

const exemptionFor = (request: ExemptionRequest, target: Target): ExemptionToWrite => ({
  id: target.exemptionId,
  policyAssignmentId: target.assignmentId,
  referenceIds: target.referenceIds,
  category: request.terms.category,
  displayName: request.terms.name,
  description: descriptionOf(request),
  expiresAt: request.terms.expiresAt,
  metadata: {
    request: request.reference,
    requester: request.requester.objectId,
    approvers: request.decision?.by.objectId ?? '',
    ticket: request.terms.ticket,
  },
});

/** Undoes what this run created, so that a refused request leaves nothing half done. */
const undo = async (desk: Desk, created: readonly Target[]): Promise<void> => {
  for (const target of created) await desk.exemptions.remove(target.exemptionId);
};

const writeAll = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  const created: Target[] = [];
  try {
    for (const target of request.targets) {
      const before = await desk.exemptions.read(target.exemptionId);
      await desk.exemptions.write(exemptionFor(request, target));
      if (before === undefined || before.requestReference === request.reference) created.push(target);
    }
  } catch (error) {
    if (!(error instanceof GovernanceError) || error.code === 'unavailable') throw error;
    await undo(desk, created);
    throw error;
  }
};

/**
 * Writes the exemptions of an approved request, all or none. Safe to repeat at any point: names are derived, so a second run hits the same
 * objects. Azure's refusal ends in `failed`; no answer throws, and the job comes again.
 */
export const applyRequest = async (desk: Desk, reference: string): Promise<void> => {
  const before = await requestNamed(desk, reference);
  if (before.status !== 'approved' || before.decision === undefined) return;
  try {
    await refuseUnlessApprover(desk, before.decision.by, before);
    await writeAll(desk, before);
  } catch (error) {
    if (!(error instanceof GovernanceError) || error.code === 'unavailable') throw error;
    const after = moved(before, 'failed', desk.timeZone, { failure: error.message });
    await changeRequest(desk, { before, after, actor, event: 'failed', facts: { reason: error.code } });
    return;
  }
  const after = moved(before, 'applied', desk.timeZone, { appliedAt: desk.now(), failure: undefined });
  const facts = { exemptions: before.targets.map((target) => target.exemptionId).join(' ') };
  await changeRequest(desk, { before, after, actor, event: 'applied', facts, jobs: ['sweep-exemptions'] });
};
