/** A request card that stands somewhere in Teams, so that every copy can be kept current. */
export type PostedCard = {
  /** As Teams gave it: in a channel with its thread. */
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
