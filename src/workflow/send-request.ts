import { GovernanceError } from '../core/governance-error.ts';
import { asPerson, type Person } from '../core/person.ts';
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
    result.preview.plan.obstacles.some((each) => each.blocking)
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
    decision: undefined,
    failure: undefined,
    appliedAt: undefined,
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
      text: request.terms.justification,
      facts: { recommendation: request.terms.recommendation.key, scopes: request.terms.scopes.join(' ') },
    });
    await store.jobs.send('publish-request', { reference: request.reference });
  });
  return { kind: 'sent', request };
};
