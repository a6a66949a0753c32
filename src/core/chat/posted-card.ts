/** A request card in Teams, recorded so that every copy can be kept up to date. */
export type PostedCard = {
  /** As Teams returned it: in a channel with its thread. */
  readonly conversationId: string;
  readonly activityId: string;
  readonly reference: string;
  readonly audience: 'approvers' | 'requester' | 'reader';
};

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
  readonly add: (card: PostedCard) => Promise<void>;
  readonly of: (reference: string) => Promise<PostedCard[]>;
  readonly remove: (conversationId: string, activityId: string) => Promise<void>;
  readonly noteAsked: (card: AskedCard) => Promise<void>;
  /** The Entra object id, in lower case, of whoever asked for that very card; undefined for a card that nobody asked for, or an old one. */
  readonly askerOf: (card: Pick<AskedCard, 'conversationId' | 'activityId'>) => Promise<string | undefined>;
};
