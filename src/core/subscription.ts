import type { Person } from './person.ts';

/** What a channel gets: alerts about exemptions, or requests to decide. A recorded disclosure by somebody who may read the scope. */
export type ChannelSubscription = {
  readonly channelId: string;
  readonly kind: 'alerts' | 'approvals';
  /** An ARM scope, or `/` for everything. */
  readonly scope: string;
  readonly subscribedBy: Person;
  readonly subscribedAt: Date;
};

export type SubscriptionStore = {
  readonly all: () => Promise<ChannelSubscription[]>;
  /** One per (channel, kind, scope): a repeat renews who and when. */
  readonly save: (subscription: ChannelSubscription) => Promise<void>;
  /** Removes one scope, or all of the kind when no scope is given; how many were removed. */
  readonly remove: (channelId: string, kind: ChannelSubscription['kind'], scope?: string) => Promise<number>;
  /** Everything of a channel, when the bot is removed from it. */
  readonly removeChannel: (channelId: string) => Promise<void>;
};
