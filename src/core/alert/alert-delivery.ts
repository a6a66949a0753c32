import type { Alert } from './alert.ts';
import type { AlertKind } from './occurrence.ts';

/** One alert on its way into one conversation. */
export type AlertDelivery = {
  readonly id: string;
  /** A channel, or somebody's personal chat. */
  readonly channelId: string;
  readonly alert: Alert;
  /** Undefined for what belongs to no kind, such as a summary. */
  readonly kind: AlertKind | undefined;
  /** What it is about; a later one about the same takes its place while it waits. */
  readonly unitKey: string | undefined;
  /** The scopes of the subscriptions that asked for it: it is posted while one of them stands, and sent again by whoever may read them. Empty: any subscription. */
  readonly scopes: readonly string[];
  /** Entra object ids of those whom the card mentions. */
  readonly mentions: readonly string[];
  /** Waits for the card that collects several. */
  readonly digest: boolean;
  /** It is not posted before. */
  readonly dueAt: Date;
  /** Of what it tells; see Correlation. */
  readonly correlation: string | undefined;
};

/** What is posted together as one message, and how often that failed before. */
export type Parcel = {
  readonly deliveries: readonly AlertDelivery[];
  /** Attempts that Teams did not take. */
  readonly attempts: number;
  /** Attempts of which nobody knows whether they arrived. */
  readonly unknowns: number;
};

export type Undelivered = Pick<AlertDelivery, 'id' | 'channelId' | 'scopes'> & { readonly reason: string };

/** How the delivery of alerts stands; only numbers and reasons, nothing of what the alerts say. */
export type DeliveryHealth = {
  /** Due and not posted yet. */
  readonly waiting: number;
  readonly longestWaitingSince: Date | undefined;
  /** Held back for quiet hours, a digest or the next attempt. */
  readonly held: number;
  /** Posted within the last day. */
  readonly sent: number;
  /** Attempts of the last 30 days of which nobody knows whether they arrived: so many alerts may have been posted twice. */
  readonly unknowns: number;
};

/** What became of a delivery; `unwanted`: nobody asks for it any more, or a later one took its place. */
export type DeliveryOutcome = 'sent' | 'undeliverable' | 'unwanted';

export type AlertStore = {
  /** Claims the steps of a unit (or of a request) for a conversation; true only for whoever is first to claim the last of them. */
  readonly claim: (conversationId: string, unitKey: string, steps: readonly string[], at: Date) => Promise<boolean>;
  /** The same for many units at once; those of which it would have been true. */
  readonly claimAll: <Claim extends { readonly unitKey: string; readonly steps: readonly string[] }>(
    conversationId: string,
    claims: readonly Claim[],
    at: Date,
  ) => Promise<Claim[]>;
  /** Whether all of the steps are claimed: for not preparing in vain; only `claim` decides. */
  readonly isClaimed: (conversationId: string, unitKey: string, steps: readonly string[]) => Promise<boolean>;
  /** Gives a claim back whose message was certainly not sent. */
  readonly release: (conversationId: string, unitKey: string, steps: readonly string[]) => Promise<void>;

  /** What waits about the same unit in the same conversation becomes unwanted. */
  readonly addDeliveries: (deliveries: readonly AlertDelivery[], at: Date) => Promise<void>;
  /** The conversations in which something is due that nobody has taken. */
  readonly conversationsDue: (at: Date) => Promise<string[]>;
  /**
   * Takes what is to be posted next in a conversation, so that nobody else does before `until`: one alert, or all that are due where they
   * are more than `mostSingly` or belong into a digest. What was taken before and came to no end counts one more unknown attempt.
   */
  readonly take: (
    conversationId: string,
    times: { readonly at: Date; readonly until: Date },
    mostSingly: number,
  ) => Promise<Parcel | undefined>;
  /** Of what was sent or is unwanted nothing is kept that it said: it may name people. */
  readonly close: (ids: readonly string[], outcome: DeliveryOutcome, at: Date, reason?: string) => Promise<void>;
  /** Gives back what was taken; a failed attempt is counted. */
  readonly putBack: (ids: readonly string[], dueAt: Date, failure?: 'refused' | 'unknown') => Promise<void>;
  /** Everything that waits in a conversation becomes unwanted. */
  readonly dropOpen: (conversationId: string, at: Date) => Promise<void>;

  readonly undelivered: () => Promise<Undelivered[]>;
  /** Makes undeliverable ones due again. */
  readonly reopen: (ids: readonly string[], at: Date) => Promise<void>;
  readonly health: (at: Date) => Promise<DeliveryHealth>;
  /** Changes what the alerts about a request say as long as that is kept. */
  readonly rewriteKept: (reference: string, rewrite: (alert: Alert) => Alert) => Promise<void>;
};
