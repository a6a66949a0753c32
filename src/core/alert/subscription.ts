import type { AlertKind, Occurrence } from './occurrence.ts';
import type { Person } from '../person.ts';
import { bySeverityRank, type Severity } from '../tenant/severity.ts';

/** Minutes after midnight. If `from` is later than `to`, they last over midnight. */
export type QuietHours = { readonly from: number; readonly to: number };

/** Which alerts a channel wants, and when. */
export type AlertFilter = {
  /** Undefined: all. */
  readonly kinds: readonly AlertKind[] | undefined;
  /** This severity and higher; undefined: all. */
  readonly severity: Severity | undefined;
  /** Collected into one card; undefined: one by one, at once. */
  readonly digest: 'daily' | 'weekly' | undefined;
  /** Nothing is posted during these hours; it is posted when they end. */
  readonly quiet: QuietHours | undefined;
  /** IANA name, for digest and quiet hours; undefined: the configured time zone. */
  readonly timeZone: string | undefined;
};

export const everyAlert: AlertFilter = {
  kinds: undefined,
  severity: undefined,
  digest: undefined,
  quiet: undefined,
  timeZone: undefined,
};

/**
 * A subscription of a channel to alerts or to requests to decide. It discloses the scope to everybody in the channel, and records who
 * arranged that.
 */
export type ChannelSubscription = {
  readonly channelId: string;
  readonly kind: 'alerts' | 'approvals';
  /** An ARM scope, or `/` for everything. */
  readonly scope: string;
  /** For alerts only; requests are posted at once and without a filter. */
  readonly filter: AlertFilter;
  readonly subscribedBy: Person;
  readonly subscribedAt: Date;
};

export type SubscriptionStore = {
  readonly all: () => Promise<ChannelSubscription[]>;
  /** One per (channel, kind, scope): saving again replaces the filter, the person and the time. */
  readonly save: (subscription: ChannelSubscription) => Promise<void>;
  /** Removes one scope, or all of the kind without a scope; returns the number removed. */
  readonly remove: (channelId: string, kind: ChannelSubscription['kind'], scope?: string) => Promise<number>;
  /** Removes every subscription of a channel, after Exemption Desk was removed from it. */
  readonly removeChannel: (channelId: string) => Promise<void>;
};

/** Whether a filter lets something through. Something without a severity passes every severity filter. */
export const wants = (
  { kinds, severity }: AlertFilter,
  what: Pick<Occurrence, 'severity'> & { readonly kind: AlertKind | undefined },
): boolean =>
  (kinds === undefined || what.kind === undefined || kinds.includes(what.kind)) &&
  (severity === undefined || what.severity === undefined || bySeverityRank(what.severity, severity) <= 0);
