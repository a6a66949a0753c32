import { formatEnd, formatInstant } from '../../core/calendar.ts';
import { withoutThread, type Conversation } from '../../core/chat/conversation.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import {
  approverNames,
  type ExemptionRequest,
  type RequestStatus,
  type Revocation,
} from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { lapsesAfterDays } from '../../core/request/waiting.ts';
import { findApprovalPlaces } from '../decide/find-approval-channels.ts';
import { attemptAll } from '../attempt-all.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { viewRequest } from './view-request.ts';

const revokedBy = (revocation: Revocation | undefined): string =>
  revocation?.by === undefined ? (revocation?.reason ?? '') : `${revocation.by.name}: ${revocation.reason}`;

/** What approvers cut from what was asked for last. */
const lessOf = ({ request, history, scopeLabels, timeZone }: RequestView): string =>
  history
    .slice(history.findLastIndex(({ event }) => event === 'changed') + 1)
    .some(({ event }) => event.endsWith('-with-changes'))
    ? `, for less than was asked for: until ${formatEnd(request.terms.expiresAt, timeZone)}, at ${scopeLabels.join(', ')}`
    : '';

const commentsOf = ({ approvals }: ExemptionRequest): string =>
  approvals.map(({ comment }) => (comment === '' ? '' : ` “${comment}”`)).join('');

const sentences: Readonly<Partial<Record<RequestStatus, (view: RequestView) => string>>> = {
  approved: (view) => {
    const { request, timeZone } = view;
    return request.emergency !== undefined
      ? `${request.reference} is being written to Azure now, as an emergency. Somebody else has to approve it until ${formatInstant(request.emergency.ratifyBy, timeZone)}, else it is taken out again.`
      : request.governance.adopted
        ? `${request.reference} is yours now. It stays in Azure as it is, with your justification.`
        : `${request.reference} was approved by ${approverNames(request)}${lessOf(view)}.${commentsOf(request)} The exemption is being written to Azure now.`;
  },
  rejected: ({ request }) =>
    `${request.reference} was rejected by ${request.decision?.by.name ?? 'an approver'}: ${request.decision?.comment ?? ''}`,
  applied: ({ request }) =>
    `${request.reference} is written to Azure. Defender for Cloud may take up to 24 hours to show it.`,
  'partly-applied': ({ request }) =>
    `${request.reference} is written to Azure in part: an approver can try the rest again. ${request.failure ?? ''}`,
  effective: ({ request }) =>
    `${request.reference} is in effect: Defender for Cloud no longer counts “${request.terms.recommendation.title}” there.`,
  failed: ({ request }) => `${request.reference} was approved, but Azure refused it: ${request.failure ?? ''}`,
  lapsed: ({ request }) =>
    `${request.reference} has lapsed: nobody decided it within ${lapsesAfterDays} days. Nothing was changed in Azure; you can ask again.`,
  revoking: ({ request }) => `${request.reference} is being taken out of Azure. ${revokedBy(request.revocation)}`,
  revoked: ({ request }) =>
    `${request.reference} is out of Azure: “${request.terms.recommendation.title}” is open again.`,
  replaced: ({ request, history }) =>
    `${request.reference} has ended: ${history.findLast(({ event }) => event === 'replaced')?.facts.by ?? 'a later request'} stands in its place, so “${request.terms.recommendation.title}” stays exempt.`,
  expired: ({ request }) => `${request.reference} has expired: “${request.terms.recommendation.title}” is open again.`,
};

/** Posts the request's card where it does not stand yet, and remembers it so that it can be kept current. */
const place = async (
  desk: Desk,
  conversation: Conversation,
  view: RequestView,
  audience: PostedCard['audience'],
): Promise<void> => {
  const { reference } = view.request;
  const standing = await desk.database.postedCards.of(reference);
  if (standing.some((card) => withoutThread(card.conversationId) === conversation.id && card.audience === audience))
    return;
  const posted = await desk.notifier.post(conversation, { kind: 'request', view, audience });
  if (posted !== undefined) await desk.database.postedCards.add({ ...posted, reference, audience });
};

const refresh = async (desk: Desk, card: PostedCard, view: RequestView): Promise<void> => {
  const conversation = await desk.database.conversations.find(withoutThread(card.conversationId));
  if (conversation === undefined) throw new GovernanceError('not-found', 'The conversation is no longer known.');
  await desk.notifier.update(conversation, card, { kind: 'request', view, audience: card.audience });
};

/** Tells the requester of each status once: a changed card alone notifies nobody. */
const tellRequester = async (desk: Desk, personal: Conversation, view: RequestView): Promise<void> => {
  const { status, reference } = view.request;
  const text = sentences[status]?.(view);
  if (text === undefined) return;
  const arrivals = view.history.filter((event) => event.to === status && event.from !== status).length;
  const step = [`told ${status} ${arrivals}`];
  if (!(await desk.database.alerts.claim(personal.id, reference, step, desk.now()))) return;
  try {
    await desk.notifier.post(personal, { kind: 'text', text });
  } catch (error) {
    await desk.database.alerts.release(personal.id, reference, step);
    throw error;
  }
};

/** A target that is gone is no failure: trying again is useless. */
const unlessGone = async (
  work: Promise<void>,
  whenGone: () => Promise<void> = async () => undefined,
): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await whenGone();
  }
};

/** Brings every copy of a request's card up to date, posts it where it is missing, and tells the requester what happened. Safe to repeat. */
export const publishRequest = async (desk: Desk, reference: string): Promise<void> => {
  const view = await viewRequest(desk, await requestNamed(desk, reference));
  const { postedCards, conversations } = desk.database;
  const [copies, personal, places] = await Promise.all([
    postedCards.of(reference),
    conversations.personal(view.request.requester.objectId),
    view.request.status === 'pending' || view.request.emergency !== undefined
      ? findApprovalPlaces(desk, view.request)
      : [],
  ]);
  const forget = ({ conversationId, activityId }: PostedCard) => postedCards.remove(conversationId, activityId);
  await attemptAll([
    ...copies.map((card) => () => unlessGone(refresh(desk, card, view), () => forget(card))),
    ...(personal === undefined
      ? []
      : [
          () => unlessGone(place(desk, personal, view, 'requester')),
          () => unlessGone(tellRequester(desk, personal, view)),
        ]),
    ...places.map((each) => () => unlessGone(place(desk, each, view, 'approvers'))),
  ]);
};
