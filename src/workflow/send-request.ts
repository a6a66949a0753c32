import { GovernanceError } from '../core/governance-error.ts';
import type { PostedMessage } from '../core/notifier.ts';
import { isBlocking } from '../core/obstacle.ts';
import { asPerson, type Person } from '../core/person.ts';
import { recordOf } from '../core/request-record.ts';
import { moved, type ExemptionRequest } from '../core/request.ts';
import { recordChange } from './change-request.ts';
import type { Desk } from './desk.ts';
import { recheckDraft, type PreviewResult } from './preview-request.ts';

export type SendResult = { readonly kind: 'sent'; readonly request: ExemptionRequest } | PreviewResult;

/**
 * Turns a draft into a request; shows the form or the preview again when it can no longer be sent as it is. `clicked` is the requester's card
 * that was clicked: it becomes the request's, on record before anybody is told, so that no second copy is posted beside it.
 */
export const sendRequest = async (
  desk: Desk,
  person: Person,
  draftId: string,
  clicked: PostedMessage | undefined,
): Promise<SendResult> => {
  const result = await recheckDraft(desk, person, draftId);
  if (
    result.kind === 'problems' ||
    result.preview.plan.targets.length === 0 ||
    result.preview.plan.obstacles.some(isBlocking)
  ) {
    return result;
  }
  const { governance } = result.preview;
  if (governance === undefined) return result;
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
    governance,
    termsVersion: 1,
    approvals: [],
    decision: undefined,
    failure: undefined,
    appliedAt: undefined,
    progress: undefined,
  };
  const decision = { by: person, at, comment: '' };
  const after = governance.approvals === 0 ? moved(request, 'approved', desk.timeZone, { decision }) : undefined;
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
    if (clicked !== undefined) {
      await store.postedCards.add({ ...clicked, reference: request.reference, audience: 'requester' });
    }
    await store.jobs.send('publish-request', { reference: request.reference });
    if (after === undefined) return;
    const actor = asPerson(person);
    await recordChange(store, at, {
      before: request,
      after,
      actor,
      event: 'needed-no-approval',
      jobs: ['apply-request'],
    });
  });
  return { kind: 'sent', request: after ?? request };
};
