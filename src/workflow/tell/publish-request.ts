import { withoutThread, type Conversation } from '../../core/chat/conversation.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { isCopy, type PostedCard } from '../../core/chat/posted-card.ts';
import { voidedApprovals } from '../../core/ledger/former-terms.ts';
import { noLongerCounts, partlyApproved } from '../../core/request/approval-words.ts';
import { goneAfterApproval } from '../../core/request/gone.ts';
import { awaitsApproval } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { statusFacts } from '../../core/chat/status-facts.ts';
import { wordsOf } from '../../core/request/status-words.ts';
import { findApprovalPlaces } from '../decide/find-approval-channels.ts';
import { tellPerson, type News } from '../alert/tell-person.ts';
import { attemptAll } from '../attempt-all.ts';
import { inTimeOf } from '../reader-times.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { noteWhatBecame } from './note-what-became.ts';
import { postForApprovers } from './post-for-approvers.ts';
import { redrawCard } from './redraw-card.ts';
import { viewRequest } from './view-request.ts';
import { whomToAsk } from './whom-to-ask.ts';

const isMissing = async (
  desk: Desk,
  conversation: Conversation,
  reference: string,
  audience: PostedCard['audience'],
): Promise<boolean> => {
  const standing = await desk.database.postedCards.of(reference);
  return !standing.some((card) => withoutThread(card.conversationId) === conversation.id && card.audience === audience);
};

/** Posts the card of a request to its requester where it is missing, and records it so that it can be kept up to date. */
const placeForRequester = async (desk: Desk, conversation: Conversation, view: RequestView): Promise<void> => {
  const { reference } = view.request;
  const audience = 'requester';
  if (!(await isMissing(desk, conversation, reference, audience))) return;
  const own = await inTimeOf(desk, conversation, view);
  const message = { kind: 'request', view: own, audience, reader: conversation.objectId } as const;
  const posted = await desk.notifier.post(conversation, message);
  if (posted !== undefined) await desk.database.postedCards.add({ ...posted, reference, audience });
};

/** The same where approvers are asked, some of them by name. */
const placeForApprovers = async (
  desk: Desk,
  conversation: Conversation,
  view: RequestView,
  whom: ReturnType<typeof whomToAsk>,
): Promise<void> => {
  if (!(await isMissing(desk, conversation, view.request.reference, 'approvers'))) return;
  await postForApprovers(desk, conversation, { view, mentioned: await whom(conversation), reminder: false });
};

const refresh = async (desk: Desk, card: PostedCard, view: RequestView): Promise<void> => {
  const conversation = await desk.database.conversations.find(withoutThread(card.conversationId));
  if (conversation === undefined) throw new GovernanceError('not-found', 'The conversation is no longer known.');
  await redrawCard(desk, conversation, card, view);
};

/** Tells the requester of each status and of each approval once, because a changed card notifies nobody. */
const tellRequester = async (desk: Desk, shown: RequestView): Promise<void> => {
  const { request, history } = shown;
  const view = await inTimeOf(desk, { kind: 'personal', objectId: request.requester.objectId }, shown);
  const { status, reference, termsVersion, approvals, requester } = request;
  const tell = (step: News['step'], words: string): Promise<void> =>
    tellPerson(desk, requester.objectId, { about: reference, reference, step, text: words });
  const text = wordsOf(request).notice?.(statusFacts(view));
  const arrivals = history.filter((event) => event.to === status && event.from !== status).length;
  if (text !== undefined) await tell(`told ${status} ${arrivals}`, text);
  const approved = history.findLast(({ event }) => event.startsWith('approved-in-part'));
  const narrowedTo = approved?.event.endsWith('-with-changes') === true ? statusFacts(view).narrowedTo : undefined;
  const partly = awaitsApproval(request) ? partlyApproved(request, narrowedTo) : undefined;
  if (partly !== undefined) await tell(`told approval ${termsVersion} ${approvals.length}`, partly);
};

const dayMs = 86_400_000;

/** Tells each approver once that the terms were changed since; an upgrade must not tell of what happened long before. */
const tellVoided = (desk: Desk, { request: { reference }, history }: RequestView): (() => Promise<void>)[] =>
  voidedApprovals(history)
    .filter(({ at }) => desk.now().getTime() - at.getTime() < dayMs)
    .flatMap(({ round, by, approvers }) =>
      approvers.map(
        ({ objectId }) =>
          () =>
            tellPerson(desk, objectId, {
              about: reference,
              reference,
              step: `told void ${round}`,
              text: noLongerCounts(reference, by),
            }),
      ),
    );

/** Tells each approver once that what they approved is gone, and the request closed before it was written. */
const tellGone = (desk: Desk, { request }: RequestView): (() => Promise<void>)[] => {
  const { status, reference, failure, approvals } = request;
  if (status !== 'lapsed' || failure === undefined) return [];
  const text = goneAfterApproval(reference, failure);
  return approvals.map(
    ({ by }) =>
      () =>
        tellPerson(desk, by.objectId, { about: reference, reference, step: 'told gone', text }),
  );
};

/** A place that is gone is no failure: trying again is useless. */
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

/** Whoever asked or decided. What waits for others may change as well, and their home cards say as of when it was counted. */
const whoseNumbersChange = ({ requester, approvals, decision, revocation }: RequestView['request']): string[] =>
  [requester, ...approvals.map(({ by }) => by), decision?.by, revocation?.by].flatMap((each) =>
    each !== undefined && 'objectId' in each ? [each.objectId] : [],
  );

/** Updates every copy of the card of a request and the alerts about it, posts it where it is missing, and tells the requester what happened. Safe to repeat. */
export const publishRequest = async (desk: Desk, reference: string): Promise<void> => {
  const view = await viewRequest(desk, await requestNamed(desk, reference));
  const { postedCards, conversations } = desk.database;
  const [cards, personal, places] = await Promise.all([
    postedCards.of(reference),
    conversations.personal(view.request.requester.objectId),
    view.request.status === 'pending' || view.request.emergency !== undefined
      ? findApprovalPlaces(desk, view.request)
      : [],
  ]);
  const forget = ({ conversationId, activityId }: PostedCard) => postedCards.remove(conversationId, activityId);
  const whom = whomToAsk(desk, view.request);
  await desk.database.homeCards.markStale(whoseNumbersChange(view.request), desk.now());
  await attemptAll([
    ...cards.filter(isCopy).map((card) => () => unlessGone(refresh(desk, card, view), () => forget(card))),
    ...(personal === undefined ? [] : [() => unlessGone(placeForRequester(desk, personal, view))]),
    () => noteWhatBecame(desk, view),
    () => tellRequester(desk, view),
    ...tellVoided(desk, view),
    ...tellGone(desk, view),
    ...places.map((each) => () => unlessGone(placeForApprovers(desk, each, view, whom))),
  ]);
};
