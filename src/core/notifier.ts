import type { Alert } from './alert.ts';
import type { Conversation } from './conversation.ts';
import type { PostedCard } from './posted-card.ts';
import type { ReportView } from './report.ts';
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
  | { readonly kind: 'alert'; readonly alert: Alert }
  /** The week of a channel. */
  | { readonly kind: 'report'; readonly report: ReportView }
  | { readonly kind: 'text'; readonly text: string };

/** Where a message ended up; both ids are needed to update it. */
export type PostedMessage = { readonly conversationId: string; readonly activityId: string };

/**
 * Posts into Teams. GovernanceError forbidden or not-found: the target is gone (uninstalled, blocked, deleted) and trying again is useless;
 * unavailable: Teams did not answer or asked to wait, and the message may or may not have arrived.
 */
export type Notifier = {
  /** Starts a new message (in a channel a new thread); undefined where Teams accepted it without telling an id. */
  readonly post: (conversation: Conversation, message: Message) => Promise<PostedMessage | undefined>;
  readonly update: (conversation: Conversation, posted: PostedMessage, message: Message) => Promise<void>;
};
