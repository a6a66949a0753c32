import type { Alert, AlertOutcome } from '../alert/alert.ts';
import type { OutcomeOf } from '../alert/found-outcome.ts';
import type { PostedMessage } from './notifier.ts';

/** The card of an alert that says less than is known. */
export type OutdatedAlert = PostedMessage & {
  readonly alert: Alert;
  readonly outcome: AlertOutcome | undefined;
  /** Counts what became known of it. */
  readonly version: number;
  /** How often it could not be drawn. */
  readonly attempts: number;
};

/** The cards of alerts in Teams, kept so that every copy says what became of its exemptions. Digests are not among them. */
export type PostedAlerts = {
  /** Keeps where a delivery was posted, with what became known meanwhile. Before the delivery is closed. */
  readonly add: (deliveryId: string, posted: PostedMessage, alert: Alert, at: Date) => Promise<void>;
  /** Those of these units about which an alert was posted or waits. */
  readonly unitsAmong: (units: readonly string[]) => Promise<string[]>;
  /** Notes what became of exemptions, for the cards about them and the alerts that wait. True if a card now says less than is known. */
  readonly note: (outcomes: readonly OutcomeOf[], at: Date) => Promise<boolean>;
  /** The newest card in a channel that was raised under one of these keys; undefined: none. */
  readonly latestIn: (channelId: string, keys: readonly string[]) => Promise<PostedMessage | undefined>;
  /** Whether a card has to be drawn now. */
  readonly isAnyOutdated: (at: Date) => Promise<boolean>;
  /** Takes cards to draw; nobody else gets them before `until`. */
  readonly takeOutdated: (at: Date, until: Date, most: number) => Promise<OutdatedAlert[]>;
  /** The card says what was known when it was taken. */
  readonly noteDrawn: (card: OutdatedAlert) => Promise<void>;
  readonly putBack: (card: OutdatedAlert, dueAt: Date, hasFailed: boolean) => Promise<void>;
  /** The card is gone, or shows something else. */
  readonly remove: (posted: PostedMessage) => Promise<void>;
  /** Changes the alerts about a request; their cards are drawn anew. */
  readonly rewrite: (reference: string, rewrite: (alert: Alert) => Alert, at: Date) => Promise<void>;
  /** Gives somebody another name in what became of exemptions; those cards are drawn anew. */
  readonly rename: (objectId: string, name: string, at: Date) => Promise<void>;
};
