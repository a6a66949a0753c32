import type { AlertKind, Occurrence } from './occurrence.ts';
import type { Person } from '../person.ts';
import type { Severity } from '../tenant/recommendation.ts';

/** Minutes after midnight; over midnight where it begins later than it ends. */
export type QuietHours = { readonly from: number; readonly to: number };

/** Which alerts a channel wants, and when. */
export type AlertFilter = {
  /** Undefined: all. */
  readonly kinds: readonly AlertKind[] | undefined;
  /** This one and worse; undefined: all. */
  readonly severity: Severity | undefined;
  /** Collected into one card; undefined: one by one, at once. */
  readonly digest: 'daily' | 'weekly' | undefined;
  /** Nothing is posted meanwhile; it comes when they end. */
  readonly quiet: QuietHours | undefined;
  /** IANA name, for digest and quiet hours; undefined: that of the desk. */
  readonly timeZone: string | undefined;
};

export const everyAlert: AlertFilter = {
  kinds: undefined,
  severity: undefined,
  digest: undefined,
  quiet: undefined,
  timeZone: undefined,
};

/** What a channel gets: alerts about exemptions, or requests to decide. A recorded disclosure by somebody who may read the scope. */
export type ChannelSubscription = {
  readonly channelId: string;
  readonly kind: 'alerts' | 'approvals';
  /** An ARM scope, or `/` for everything. */
  readonly scope: string;
  /** Of the alerts; requests come all, and at once. */
  readonly filter: AlertFilter;
  readonly subscribedBy: Person;
  readonly subscribedAt: Date;
};

export type SubscriptionStore = {
  readonly all: () => Promise<ChannelSubscription[]>;
  /** One per (channel, kind, scope): a repeat renews the filter, who and when. */
  readonly save: (subscription: ChannelSubscription) => Promise<void>;
  /** Removes one scope, or all of the kind when no scope is given; how many were removed. */
  readonly remove: (channelId: string, kind: ChannelSubscription['kind'], scope?: string) => Promise<number>;
  /** Everything of a channel, when the bot is removed from it. */
  readonly removeChannel: (channelId: string) => Promise<void>;
};

const rank: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** Whether a filter lets something through; what has no severity is never held back for it. */
export const wants = (
  { kinds, severity }: AlertFilter,
  what: Pick<Occurrence, 'severity'> & { readonly kind: AlertKind | undefined },
): boolean =>
  (kinds === undefined || what.kind === undefined || kinds.includes(what.kind)) &&
  (severity === undefined || what.severity === undefined || rank[what.severity] <= rank[severity]);
