import type { DoneSoFar } from './done-so-far.ts';
import type { Alert } from '../alert/alert.ts';
import type { AlertKind } from '../alert/occurrence.ts';
import type { Conversation } from './conversation.ts';
import { PutOff } from '../put-off.ts';
import type { Mentioned } from './mentioned.ts';
import type { HomeView } from './home-view.ts';
import type { PostedCard } from './posted-card.ts';
import type { ReportView } from '../report/report.ts';
import type { RequestView } from './request-view.ts';

/** A message that Exemption Desk posts on its own. */
export type Message =
  | {
      readonly kind: 'request';
      readonly view: RequestView;
      readonly audience: PostedCard['audience'];
      /** The Entra object id of the one person who reads it; undefined where several people do. */
      readonly reader?: string | undefined;
      /** It was posted before and still waits. */
      readonly reminder?: boolean;
      /** Who is asked by name, at most 5. */
      readonly mentioned?: readonly Mentioned[];
    }
  /** One line below the card of a request that still waits. */
  | {
      readonly kind: 'still-waiting';
      readonly reference: string;
      readonly since: Date;
      readonly timeZone: string;
      readonly mentioned: readonly Mentioned[];
    }
  | {
      readonly kind: 'alert';
      readonly alert: Alert;
      /** Entra object ids of people in that channel. */
      readonly mentions: readonly string[];
    }
  /** Several alerts on one card. */
  | {
      readonly kind: 'digest';
      readonly alerts: readonly DigestRow[];
      /** It says how things stood then, and is not drawn again. */
      readonly asOf: Date;
      readonly timeZone: string;
    }
  /** The weekly report of a channel. */
  | { readonly kind: 'report'; readonly report: ReportView }
  /** A draft that an application left, with a button to claim it. */
  | {
      readonly kind: 'unclaimed-draft';
      readonly id: string;
      /** Of the recommendation. */
      readonly title: string;
      readonly scopeLabels: readonly string[];
    }
  /** A card with a title and a text, in the place of one of ours. */
  | {
      readonly kind: 'notice';
      readonly title: string;
      readonly text: string;
      /** Drawn as a bar below the text, which says the same. */
      readonly progress?: DoneSoFar;
    }
  /** The home card of one person, in the place of an earlier one. */
  | { readonly kind: 'home'; readonly view: HomeView }
  | { readonly kind: 'text'; readonly text: string };

/** One alert among several; undefined kind: a summary. */
export type DigestRow = { readonly kind: AlertKind | undefined; readonly alert: Alert };

/** The ids of a posted message; both are needed to update it. */
export type PostedMessage = { readonly conversationId: string; readonly activityId: string };

/** Certainly not posted: Teams asked to wait or could not be reached, or it was not this message's turn. `waitMs`: how long to wait, if known. */
export class NotSent extends PutOff {
  constructor(message: string, waitMs: number | undefined, options?: ErrorOptions) {
    super(message, waitMs, options);
    this.name = 'NotSent';
  }
}

/**
 * Posts into Teams at the pace that Teams allows. GovernanceError forbidden or not-found: the conversation is gone (uninstalled, blocked,
 * deleted), trying again is useless; invalid: Teams will never accept this message; NotSent: it was not posted; unavailable: Teams did not
 * answer, and the message may or may not have arrived.
 */
export type Notifier = {
  /** Starts a new message (in a channel a new thread). Undefined if Teams accepted it without returning an id. */
  readonly post: (conversation: Conversation, message: Message) => Promise<PostedMessage | undefined>;
  /** Adds a message below one of ours, in its thread. Undefined as in `post`. Not-found and forbidden may also mean that only the thread is gone. */
  readonly reply: (
    conversation: Conversation,
    posted: PostedMessage,
    message: Message,
  ) => Promise<PostedMessage | undefined>;
  /** Draws a message anew where it stands. Notifies nobody. */
  readonly update: (conversation: Conversation, posted: PostedMessage, message: Message) => Promise<void>;
};
