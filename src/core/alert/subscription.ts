import type { Alert } from './alert.ts';
import type { AlertKind, Occurrence } from './occurrence.ts';
import { normalId } from '../tenant/arm-id.ts';
import { everything } from '../tenant/hierarchy.ts';
import type { Person } from '../person.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
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
  /** Only what is about this recommendation. Such a subscription discloses nothing else of its scope; left out: everything there. */
  readonly recommendation?: Pick<Recommendation, 'key' | 'title'> | undefined;
  /** Only what was asked for in the channel itself. It discloses nothing else of its scope either. */
  readonly ours?: true | undefined;
  /** The tag (`env=prod`) by which its scope was found. It narrows nothing. */
  readonly tag?: string | undefined;
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
  /** For alerts; requests are posted at once, and only their recommendation narrows them. */
  readonly filter: AlertFilter;
  readonly subscribedBy: Person;
  readonly subscribedAt: Date;
};

type Narrowed = { readonly scope: string; readonly filter: Pick<AlertFilter, 'recommendation' | 'ours'> };

/** What a channel has at most once of each kind: a scope, a recommendation in a scope, and each of these only for what it asked for itself. */
export const subscriptionKey = ({ scope, filter: { recommendation, ours } }: Narrowed): string =>
  `${normalId(scope)}${recommendation === undefined ? '' : `|${recommendation.key.toLowerCase()}`}${ours === true ? '|ours' : ''}`;

/** Whether it discloses all of its scope, and not only what is about one recommendation or was asked for in the channel. */
export const isOfWholeScope = ({ filter }: Pick<ChannelSubscription, 'filter'>): boolean =>
  filter.recommendation === undefined && filter.ours !== true;

/** The key under which a channel claims the summary of what it finds when it subscribes; another one when it subscribes again. */
export const baselineKey = (subscription: Narrowed & Pick<ChannelSubscription, 'subscribedAt'>): string =>
  `baseline ${subscriptionKey(subscription) || everything} ${subscription.subscribedAt.toISOString()}`;

export type SubscriptionStore = {
  /** Those of some channels, the oldest first. */
  readonly of: (channelIds: readonly string[]) => Promise<ChannelSubscription[]>;
  /** Those of one kind at exactly these scopes that want all there or one of these recommendations (keys), or of that what was asked for in their channels, the oldest first. */
  readonly at: (
    kind: ChannelSubscription['kind'],
    scopes: readonly string[],
    recommendations: readonly string[],
  ) => Promise<ChannelSubscription[]>;
  /** All of one kind, some channels at a time: each portion has all those of its channels. */
  readonly byChannels: (kind: ChannelSubscription['kind']) => AsyncIterable<ChannelSubscription[]>;
  /** Those to alerts whose channel has not claimed `baselineKey`, in portions of at most 100. The order is undefined. */
  readonly withoutBaseline: () => AsyncIterable<ChannelSubscription[]>;
  /** The channels with alerts since before then for which this step was not claimed yet. */
  readonly channelsWithout: (claim: {
    readonly unitKey: string;
    readonly step: string;
    readonly since: Date;
  }) => Promise<string[]>;
  /** How many channels there are, of these with requests to decide, and how many that are not known or marked as unreachable. */
  readonly count: () => Promise<{
    readonly channels: number;
    readonly approvals: number;
    readonly unreachable: number;
  }>;
  /** Replaces the name of a person (Entra object id) in all that they arranged; returns the number of those that had another name. */
  readonly rename: (objectId: string, name: string) => Promise<number>;
  /** One per channel, kind and `subscriptionKey`: saving again replaces the filter, the person and the time. */
  readonly save: (subscription: ChannelSubscription) => Promise<void>;
  /** Removes those with these keys, or all of the kind without keys; returns what was removed. */
  readonly remove: (
    channelId: string,
    kind: ChannelSubscription['kind'],
    keys?: readonly string[],
  ) => Promise<ChannelSubscription[]>;
  /** Removes every subscription of a channel, after Exemption Desk was removed from it. */
  readonly removeChannel: (channelId: string) => Promise<void>;
};

/** What alerts say of the recommendations that they are about: their keys as far as Azure says, and how the card names them. */
export type Recommended = Pick<Alert, 'recommendations' | 'origin'> & Partial<Pick<Alert, 'facts'>>;

/** Whether something is about the recommendation that a filter names; true if it names none. Without keys the name on the card counts. */
const isOfRecommendation = (
  { recommendation }: Pick<AlertFilter, 'recommendation'>,
  { recommendations, facts = [] }: Recommended,
): boolean =>
  recommendation === undefined ||
  (recommendations?.includes(recommendation.key.toLowerCase()) ??
    facts.some(({ label, text }) => label === 'Recommendation' && text === recommendation.title));

/** Whether something is what a subscription is narrowed to: about its recommendation, and asked for in its channel. */
export const isAbout = (
  { channelId, filter }: Pick<ChannelSubscription, 'channelId' | 'filter'>,
  what: Recommended,
): boolean => isOfRecommendation(filter, what) && (filter.ours !== true || what.origin === channelId);

/** Whether a filter lets something through, apart from its recommendation. Something without a severity passes every severity filter. */
export const wants = (
  { kinds, severity }: AlertFilter,
  what: Pick<Occurrence, 'severity'> & { readonly kind: AlertKind | undefined },
): boolean =>
  (kinds === undefined || what.kind === undefined || kinds.includes(what.kind)) &&
  (severity === undefined || what.severity === undefined || bySeverityRank(what.severity, severity) <= 0);
