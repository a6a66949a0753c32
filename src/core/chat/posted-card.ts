import { withoutThread } from './conversation.ts';

/** A card in Teams whose buttons decide a request. */
type Posted<Audience> = {
  /** As Teams returned it: in a channel with its thread. */
  readonly conversationId: string;
  readonly activityId: string;
  readonly reference: string;
  readonly audience: Audience;
  /** The Entra object ids, in lower case, of the people whom it mentions; empty by default. */
  readonly mentioned?: readonly string[];
};

/** A request card in Teams, recorded so that every copy can be kept up to date. */
export type PostedCard = Posted<'approvers' | 'requester' | 'reader'>;

/** Any card that a decision about its request may replace: a copy of the request card, or an alert that has an Approve button. */
export type DecidingCard = Posted<PostedCard['audience'] | 'alert'>;

/** Whether a card is a copy of the request card; an alert stays as it was posted until somebody decides on it. */
export const isCopy = (card: DecidingCard): card is PostedCard => card.audience !== 'alert';

/** The card of that id in that conversation, of those that a decision about their request may replace. */
export const cardAt = (
  cards: readonly DecidingCard[],
  conversationId: string,
  activityId: string | undefined,
): DecidingCard | undefined =>
  cards.find((card) => card.activityId === activityId && withoutThread(card.conversationId) === conversationId);

/** The first card for the approvers of a channel that began a thread there, of the cards about one request. */
export const firstInChannel = (cards: readonly DecidingCard[], channelId: string): PostedCard | undefined =>
  cards
    .filter(isCopy)
    .find(
      ({ audience, conversationId, activityId }) =>
        audience === 'approvers' && conversationId === `${channelId};messageid=${activityId}`,
    );

/** A card in a channel or group chat with whoever asked for it there. */
type AskedCard = {
  /** Of the channel, without the thread. */
  readonly conversationId: string;
  readonly activityId: string;
  /** Entra object id. */
  readonly askerId: string;
  readonly askedAt: Date;
};

export type PostedCardStore = {
  readonly add: (card: DecidingCard) => Promise<void>;
  readonly of: (reference: string) => Promise<DecidingCard[]>;
  readonly remove: (conversationId: string, activityId: string) => Promise<void>;
  readonly noteAsked: (card: AskedCard) => Promise<void>;
  /** The Entra object id, in lower case, of whoever asked for that very card; undefined for a card that nobody asked for, or an old one. */
  readonly askerOf: (card: Pick<AskedCard, 'conversationId' | 'activityId'>) => Promise<string | undefined>;
};
