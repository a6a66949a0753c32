import type { Alert } from '../alert/alert.ts';
import type { AlertKind } from '../alert/occurrence.ts';
import type { Conversation } from './conversation.ts';
import { PutOff } from '../put-off.ts';
import type { PostedCard } from './posted-card.ts';
import type { ReportView } from '../report/report.ts';
import type { RequestView } from './request-view.ts';

/** What can be posted without having been asked. */
export type Message =
  | {
      readonly kind: 'request';
      readonly view: RequestView;
      readonly audience: PostedCard['audience'];
      /** It was posted before and still waits. */
      readonly reminder?: boolean;
    }
  | {
      readonly kind: 'alert';
      readonly alert: Alert;
      /** Entra object ids of people in that channel. */
      readonly mentions: readonly string[];
    }
  /** Several alerts on one card. */
  | { readonly kind: 'digest'; readonly alerts: readonly DigestRow[] }
  /** The week of a channel. */
  | { readonly kind: 'report'; readonly report: ReportView }
  | { readonly kind: 'text'; readonly text: string };

/** One alert among others; undefined kind: a summary. */
export type DigestRow = { readonly kind: AlertKind | undefined; readonly alert: Alert };

/** Where a message ended up; both ids are needed to update it. */
export type PostedMessage = { readonly conversationId: string; readonly activityId: string };

/** Certainly not posted: Teams asked to wait, could not be reached, or it is not our turn. `waitMs` says how long to wait where that is known. */
export class NotSent extends PutOff {
  constructor(message: string, waitMs: number | undefined, options?: ErrorOptions) {
    super(message, waitMs, options);
    this.name = 'NotSent';
  }
}

/**
 * Posts into Teams, at the pace that Teams allows. GovernanceError forbidden or not-found: the target is gone (uninstalled, blocked, deleted)
 * and trying again is useless; invalid: Teams will never take this message; NotSent: it did not go out; unavailable otherwise: Teams did not
 * answer, and the message may or may not have arrived.
 */
export type Notifier = {
  /** Starts a new message (in a channel a new thread); undefined where Teams accepted it without telling an id. */
  readonly post: (conversation: Conversation, message: Message) => Promise<PostedMessage | undefined>;
  readonly update: (conversation: Conversation, posted: PostedMessage, message: Message) => Promise<void>;
};
