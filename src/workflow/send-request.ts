import { GovernanceError } from '../core/governance-error.ts';
import { isBlocking } from '../core/obstacle.ts';
import { asPerson, type Person } from '../core/person.ts';
import { recordOf } from '../core/request-record.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { Desk } from './desk.ts';
import { recheckDraft, type PreviewResult } from './preview-request.ts';

export type SendResult = { readonly kind: 'sent'; readonly request: ExemptionRequest } | PreviewResult;

/** Turns a draft into a request; shows the form or the preview again when it can no longer be sent as it is. */
export const sendRequest = async (desk: Desk, person: Person, draftId: string): Promise<SendResult> => {
  const result = await recheckDraft(desk, person, draftId);
  if (
    result.kind === 'problems' ||
    result.preview.plan.targets.length === 0 ||
    result.preview.plan.obstacles.some(isBlocking)
  ) {
    return result;
  }
  const at = desk.now();
  const request: ExemptionRequest = {
    reference: desk.newReference(),
    version: 1,
    status: 'pending',
    requester: person,
    createdAt: at,
    terms: result.preview.terms,
    targets: result.preview.plan.targets,
    alsoExempts: result.preview.plan.alsoExempts,
    leftOut: result.preview.plan.leftOut,
    decision: undefined,
    failure: undefined,
    appliedAt: undefined,
    progress: undefined,
  };
  await desk.database.transaction(async (store) => {
    if (!(await store.drafts.remove(draftId))) throw new GovernanceError('conflict', 'This form was already sent.');
    await store.requests.add(request);
    await store.ledger.append({
      at,
      actor: asPerson(person),
      reference: request.reference,
      event: 'requested',
      from: undefined,
      to: 'pending',
      ...recordOf(request, undefined),
    });
    await store.jobs.send('publish-request', { reference: request.reference });
  });
  return { kind: 'sent', request };
};
