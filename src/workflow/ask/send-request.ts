import { GovernanceError } from '../../core/governance-error.ts';
import type { PostedMessage } from '../../core/chat/notifier.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { isBlocking } from '../../core/plan/obstacle.ts';
import { asPerson, type Person } from '../../core/person.ts';
import { undecided, withTerms, type ExemptionRequest } from '../../core/request/request.ts';
import type { Store } from '../../core/desk/store.ts';
import { recordChange } from '../record/change-request.ts';
import { addRequest, goAhead } from '../record/add-request.ts';
import { afresh } from '../afresh.ts';
import { ownWaitingRequest } from './change-terms.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessApprover } from '../rights/may-decide.ts';
import { recheckDraft, type Preview, type PreviewResult } from './preview-request.ts';
import { recordingRefusal } from '../record/record-refusal.ts';
import { viewRequest } from '../tell/view-request.ts';
import { AlreadyClaimed } from '../record/settle-claims.ts';

export type SendResult =
  | { readonly kind: 'sent'; readonly request: ExemptionRequest; readonly view: RequestView }
  /** A waiting request got other terms. */
  | { readonly kind: 'changed'; readonly request: ExemptionRequest }
  | PreviewResult;

/** A preview that can be sent: something is written, nothing is in the way, and the rules allow it. */
type Sendable = Preview & { readonly governance: NonNullable<Preview['governance']> };

const isSendable = (preview: Preview): preview is Sendable =>
  preview.plan.targets.length > 0 && !preview.plan.obstacles.some(isBlocking) && preview.governance !== undefined;

/** Whether the preview that was sent showed other terms than the draft has now: it can be filled in elsewhere meanwhile. */
const isOther = ({ seen }: Preview, sent: string | undefined): boolean => sent !== undefined && sent !== seen;

const requestOf = (
  desk: Desk,
  person: Person,
  at: Date,
  { draft, terms, plan, governance, renewal }: Sendable,
): ExemptionRequest => ({
  reference: desk.newReference(),
  version: 1,
  status: 'pending',
  requester: person,
  createdAt: at,
  origin: draft.origin,
  terms,
  targets: plan.targets,
  alsoExempts: plan.alsoExempts,
  leftOut: plan.leftOut,
  governance,
  renewal,
  waitingSince: at,
  ...undecided,
});

const takeDraft = async (store: Store, draftId: string): Promise<void> => {
  if (!(await store.drafts.remove(draftId))) throw new GovernanceError('conflict', 'This form was already sent.');
};

const changed = async (
  desk: Desk,
  person: Person,
  preview: Sendable,
  amends: { reference: string; termsVersion: number },
) => {
  const before = await ownWaitingRequest(desk, person, amends.reference, amends.termsVersion);
  const { terms, governance, plan, renewal } = preview;
  const { targets, alsoExempts, leftOut } = plan;
  const after = withTerms(before, { terms, governance, renewal, targets, alsoExempts, leftOut }, desk.now());
  return desk.database.transaction(async (store) => {
    await takeDraft(store, preview.draft.id);
    await recordChange(store, desk.now(), { before, after, actor: asPerson(person), event: 'changed' });
    return governance.approvals === 0 ? goAhead(desk, store, after, 'needed-no-approval') : after;
  });
};

/** Where somebody else has just asked for the same, shows the preview again, which says so. Nothing is recorded, and the draft stays. */
const unlessClaimed = async (
  desk: Desk,
  person: Person,
  draftId: string,
  send: () => Promise<SendResult>,
): Promise<SendResult> => {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof AlreadyClaimed)) throw error;
    const again = await recheckDraft(desk, person, draftId);
    if (again.kind === 'preview' && isSendable(again.preview)) throw error;
    return again;
  }
};

/**
 * Turns a draft into a request, or into new terms of the request that it changes. Shows the form or the preview again if it can no longer
 * be sent as it is. `clicked` is the card of the requester that was clicked: it is recorded as the card of the request before anybody is
 * told, so that no second copy is posted next to it. `seen` stands for the terms that its preview showed; others are not sent, but shown.
 */
export const sendRequest = async (
  given: Desk,
  person: Person,
  draftId: string,
  clicked: PostedMessage | undefined,
  seen?: string,
): Promise<SendResult> => {
  const desk = afresh(given);
  const result = await recheckDraft(desk, person, draftId);
  if (result.kind === 'problems' || !isSendable(result.preview) || isOther(result.preview, seen)) return result;
  const { preview } = result;
  const { amends } = preview.draft;
  return unlessClaimed(desk, person, draftId, async () => {
    if (amends !== undefined) return { kind: 'changed', request: await changed(desk, person, preview, amends) };
    const at = desk.now();
    const request = requestOf(desk, person, at, preview);
    const sent = await desk.database.transaction(async (store) => {
      await takeDraft(store, draftId);
      await addRequest(store, at, request, clicked);
      return request.governance.approvals === 0 ? goAhead(desk, store, request, 'needed-no-approval') : request;
    });
    return { kind: 'sent', request: sent, view: await viewRequest(desk, sent) };
  });
};

/**
 * Sends a draft and has it written at once, to be approved afterwards. Only for somebody who could decide such a request of somebody else,
 * read live from Azure, and only with a reason; otherwise throws GovernanceError forbidden or unavailable.
 */
export const sendInEmergency = async (
  given: Desk,
  person: Person,
  draftId: string,
  reason: string,
  clicked: PostedMessage | undefined,
  seen?: string,
): Promise<SendResult> => {
  if (reason.trim() === '')
    throw new GovernanceError('invalid', 'A reason why it cannot wait is required: approvers will read it.');
  const desk = afresh(given);
  const result = await recheckDraft(desk, person, draftId);
  if (result.kind === 'problems' || !isSendable(result.preview) || isOther(result.preview, seen)) return result;
  const { preview } = result;
  if (preview.draft.amends !== undefined)
    throw new GovernanceError(
      'invalid',
      'A request that is already waiting cannot become an emergency. Withdraw it and send a new one.',
    );
  if (preview.renewal !== undefined)
    throw new GovernanceError('invalid', 'An exemption that is in force cannot be renewed as an emergency.');
  const at = desk.now();
  const request = requestOf(desk, person, at, preview);
  const facts = { recommendation: request.terms.recommendation.key, scopes: request.terms.scopes.join(' ') };
  await recordingRefusal(desk, person, 'emergency', { facts }, () => refuseUnlessApprover(desk, person, request));
  return unlessClaimed(desk, person, draftId, async () => {
    const sent = await desk.database.transaction(async (store) => {
      await takeDraft(store, draftId);
      await addRequest(store, at, request, clicked);
      const event = request.governance.approvals === 0 ? 'needed-no-approval' : 'emergency';
      return goAhead(desk, store, request, event, reason);
    });
    return { kind: 'sent', request: sent, view: await viewRequest(desk, sent) };
  });
};
