import type { Card } from '../cards/render-card.ts';
import { cardAt, isCopy, type DecidingCard } from '../core/chat/posted-card.ts';
import { isRefusal, unlessUntold } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { maySee, takeViewpoint, type Asker, type Viewpoint } from '../workflow/rights/take-viewpoint.ts';
import { answeredPrivately, type Outcome, type Standing } from './outcome.ts';
import type { Turn } from './turn.ts';

type Drawn = { readonly card: Card; readonly viewpoint?: Viewpoint; readonly standing?: Standing };

const pointer =
  'What you asked for is not subscribed here, so the answer is in your personal chat with Exemption Desk.';

const isNothingHere = (error: unknown): boolean => isRefusal(error, 'not-found');

const narrowed =
  'Only what is subscribed here is shown. To see everything, ask in your personal chat with Exemption Desk.';

type Unread = NonNullable<Viewpoint['access']['unread']>;

const ofSubscriptions = (count: number): string => (count === 1 ? 'subscription' : 'subscriptions');

const unreadSentence = ({ subscriptions, of, isStillReading }: Unread): string =>
  isStillReading
    ? `Exemption Desk has just started and is still reading: ${of - subscriptions.length} of ${of} ${ofSubscriptions(of)}. The others are missing here. Please try again in a minute.`
    : `${subscriptions.length} of ${of} ${ofSubscriptions(of)} could not be read and ${subscriptions.length === 1 ? 'is' : 'are'} missing here. Please try again in some minutes; if it stays so, tell the operator of Exemption Desk.`;

/** What an answer leaves out: what the channel is not subscribed to, and subscriptions that could not be read. Empty if nothing. */
export const omissionNote = ({ narrowedByChannel, access }: Viewpoint): string =>
  [
    ...(narrowedByChannel ? [narrowed] : []),
    ...(access.unread === undefined ? [] : [unreadSentence(access.unread)]),
  ].join(' ');

/** Answers in the conversation of the question with what may be disclosed there. Where a channel may see nothing of it, answers in the personal chat. */
export const disclose = async (
  turn: Turn,
  draw: (asker: Asker) => Promise<Drawn>,
  kind: 'card' | 'replace' = 'replace',
): Promise<Outcome> => {
  const here = await draw(turn.asker).catch((error: unknown) => {
    if (turn.inChannel && isNothingHere(error)) return undefined;
    throw error;
  });
  if (here !== undefined && (!turn.inChannel || here.viewpoint === undefined || here.viewpoint.scopes.length > 0))
    return { kind, ...here };
  const own = await draw({ ...turn.asker, channelId: undefined });
  // Who has no role would see no more in any channel.
  const isWithoutRole = own.viewpoint?.scopes.length === 0;
  return { kind: 'private', outcome: { kind: 'card', ...own }, pointer: isWithoutRole ? answeredPrivately : pointer };
};

/** Whether a press came from a card that belongs to everybody: any card in a channel or group chat that this person did not ask for. */
export const isFromSharedCard = async (
  desk: { readonly database: Pick<Desk['database'], 'postedCards'> },
  { inChannel, clickedCardId, conversation, person }: Turn,
): Promise<boolean> => {
  if (!inChannel) return false;
  if (clickedCardId === undefined) return true;
  const card = { conversationId: conversation.id, activityId: clickedCardId };
  return (await desk.database.postedCards.askerOf(card)) !== person.objectId.toLowerCase();
};

/** The card that was pressed, if a decision about this request may replace it. A press names its card itself, so the card must be known. */
const pressedCard = async (
  desk: { readonly database: Pick<Desk['database'], 'postedCards'> },
  { clickedCardId, conversation }: Turn,
  reference: string,
): Promise<DecidingCard | undefined> =>
  cardAt(await desk.database.postedCards.of(reference), conversation.id, clickedCardId);

/** Whether a press came from a copy of the card of this request. */
export const isFromCopy = async (desk: Desk, turn: Turn, reference: string): Promise<boolean> => {
  const card = await pressedCard(desk, turn, reference);
  return card !== undefined && isCopy(card);
};

/**
 * Whether a press in a channel came from a card that a decision about this request may replace there. It must be known: a copy of the request card, or an alert with an Approve button if the channel may see the whole request.
 */
export const isFromItsCard = async (desk: Desk, turn: Turn, reference: string): Promise<boolean> => {
  const card = await pressedCard(desk, turn, reference);
  if (card === undefined) return false;
  if (isCopy(card)) return true;
  const request = await desk.database.requests.find(reference);
  if (request === undefined) return false;
  return unlessUntold(async () => maySee(await takeViewpoint(desk, turn.asker), turn.asker, request), false);
};

/** The same turn as if it came from the person's own chat, where they see all that they may and no card was pressed. */
export const forThemAlone = (turn: Turn): Turn => ({
  ...turn,
  inChannel: false,
  asker: { ...turn.asker, channelId: undefined },
  clickedCardId: undefined,
});

/** The turn of a dialog. Only the person sees it, so that it is as if they were in their own chat, wherever they opened it. */
export const inOwnDialog = (turn: Turn): Turn => ({ ...forThemAlone(turn), inDialog: true });

/** Whatever it is, it is for this person alone, and what the others read about it says nothing. */
export const forOneOnly = (outcome: Outcome): Outcome => {
  const own = outcome.kind === 'redraw' ? ({ kind: 'card', card: outcome.card } as const) : outcome;
  if (own.kind === 'say') return { kind: 'private', outcome: own, pointer: answeredPrivately };
  const given = asOwnCopy(own);
  if (given.kind !== 'private') return given;
  const { otherwise: _, ...rest } = given;
  return { ...rest, pointer: answeredPrivately };
};

/** What somebody opened, as a copy of their own in their personal chat. */
export const asOwnCopy = (outcome: Outcome): Outcome => {
  switch (outcome.kind) {
    case 'card':
    case 'replace':
      return { kind: 'private', outcome: { ...outcome, kind: 'card' }, pointer: answeredPrivately };
    case 'offer-file':
      return { kind: 'private', outcome, pointer: 'The file is ready in your personal chat with Exemption Desk.' };
    case 'private':
    case 'redraw':
    case 'say':
      return outcome;
  }
};
