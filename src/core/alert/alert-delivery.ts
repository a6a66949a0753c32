import type { Alert } from './alert.ts';
import type { Heard } from './ending.ts';
import type { AlertKind } from './occurrence.ts';
import type { UndeliveredAlerts } from './undelivered.ts';

/** One alert to be delivered into one conversation. */
export type AlertDelivery = {
  readonly id: string;
  /** A channel, or a personal chat. */
  readonly channelId: string;
  readonly alert: Alert;
  /** Undefined for an alert of no kind, such as a summary. */
  readonly kind: AlertKind | undefined;
  /** The unit that it is about. A later alert about the same unit replaces it while it waits. */
  readonly unitKey: string | undefined;
  /**
   * The scopes of the subscriptions that asked for it. It is posted while one of these subscriptions exists, and may be sent again by
   * somebody who may read these scopes. Empty: any subscription.
   */
  readonly scopes: readonly string[];
  /** Entra object ids of the people that the card mentions. */
  readonly mentions: readonly string[];
  /** It waits for the card that collects several alerts. */
  readonly digest: boolean;
  /** Not posted before. */
  readonly dueAt: Date;
  /** The correlation of the event that it reports; see Correlation. */
  readonly correlation: string | undefined;
};

/** The alerts that are posted as one message, and how often that failed before. */
export type Parcel = {
  readonly deliveries: readonly AlertDelivery[];
  /** Attempts that Teams refused. */
  readonly attempts: number;
  /** Attempts whose outcome is unknown. */
  readonly unknowns: number;
};

/** The state of alert delivery: only numbers and reasons, no content of alerts. */
export type DeliveryHealth = {
  /** Due and not posted yet. */
  readonly waiting: number;
  readonly longestWaitingSince: Date | undefined;
  /** Waiting for the end of quiet hours, a digest or the next attempt. */
  readonly held: number;
  /** Posted within the last day. */
  readonly sent: number;
  /** Attempts of the last 30 days whose outcome is unknown: this many alerts may have been posted twice. */
  readonly unknowns: number;
};

/** The outcome of a delivery; `unwanted`: no subscription asks for it any more, or a later alert replaced it. */
export type DeliveryOutcome = 'sent' | 'undeliverable' | 'unwanted';

export type AlertStore = UndeliveredAlerts & {
  /** Claims the steps of a unit (or request) for a conversation. True only for the first caller that claims the last of them. */
  readonly claim: (conversationId: string, unitKey: string, steps: readonly string[], at: Date) => Promise<boolean>;
  /** The same for many units at once; returns those for which `claim` would have been true. */
  readonly claimAll: <Claim extends { readonly unitKey: string; readonly steps: readonly string[] }>(
    conversationId: string,
    claims: readonly Claim[],
    at: Date,
  ) => Promise<Claim[]>;
  /** Whether all steps are claimed already, to save preparing an alert in vain. Only `claim` decides. */
  readonly isClaimed: (conversationId: string, unitKey: string, steps: readonly string[]) => Promise<boolean>;
  /** For each of these conversations, those of the keys under which it was told something. Notices and reminders of requests do not count. */
  readonly heardOf: (conversationIds: readonly string[], unitKeys: readonly string[]) => Promise<Heard>;
  /** Gives back a claim whose message was certainly not sent. */
  readonly release: (conversationId: string, unitKey: string, steps: readonly string[]) => Promise<void>;

  /**
   * Adds deliveries. Waiting ones about the same unit in the same conversation become unwanted. `takenUntil`: the caller posts them, and nobody
   * else gets them before.
   */
  readonly addDeliveries: (deliveries: readonly AlertDelivery[], at: Date, takenUntil?: Date) => Promise<void>;
  /** The conversations in which something is due that nobody has taken. */
  readonly conversationsDue: (at: Date) => Promise<string[]>;
  /**
   * Takes what is to be posted next in a conversation; nobody else gets it before `until`. That is one alert, or all due ones if they are
   * more than `mostSingly` or belong into a digest. A take that was never ended counts as one more unknown attempt; if there is a later alert
   * about the same unit, what was taken becomes unwanted instead, because old news after new ones mislead.
   */
  readonly take: (
    conversationId: string,
    times: { readonly at: Date; readonly until: Date },
    mostSingly: number,
  ) => Promise<Parcel | undefined>;
  /** Ends deliveries. The content of sent and unwanted ones is deleted, because it may name people. */
  readonly close: (ids: readonly string[], outcome: DeliveryOutcome, at: Date, reason?: string) => Promise<void>;
  /** Puts back what was taken; counts a failed attempt. */
  readonly putBack: (ids: readonly string[], dueAt: Date, failure?: 'refused' | 'unknown') => Promise<void>;
  /** Makes everything that waits in a conversation unwanted. */
  readonly dropOpen: (conversationId: string, at: Date) => Promise<void>;

  /**
   * A conversation can be posted in again: makes due what failed there and waits for its next attempt, and what was given up within the last
   * day, or as many days as given, unless there is a later alert about the same unit. What waits for quiet hours or a digest goes on waiting.
   */
  readonly retryIn: (conversationId: string, at: Date, days?: number) => Promise<void>;
  /** What was promised to one place, or waits or was given up there, is from now on that of another. */
  readonly moveTo: (from: string, to: string) => Promise<void>;
  readonly health: (at: Date) => Promise<DeliveryHealth>;
  /** Changes the content of the alerts about a request that are still stored. */
  readonly rewriteKept: (reference: string, rewrite: (alert: Alert) => Alert) => Promise<void>;
};
