/** A request card in Teams, recorded so that every copy can be kept up to date. */
export type PostedCard = {
  /** As Teams returned it: in a channel with its thread. */
  readonly conversationId: string;
  readonly activityId: string;
  readonly reference: string;
  readonly audience: 'approvers' | 'requester' | 'reader';
};

export type PostedCardStore = {
  readonly add: (card: PostedCard) => Promise<void>;
  readonly of: (reference: string) => Promise<PostedCard[]>;
  readonly remove: (conversationId: string, activityId: string) => Promise<void>;
};
