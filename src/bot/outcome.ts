import { GovernanceError, isRefusal } from '../core/governance-error.ts';
import type { Card } from '../cards/render-card.ts';
import type { HomeView } from '../core/chat/home-view.ts';
import type { PostedCard } from '../core/chat/posted-card.ts';
import type { FileOffer } from '../workflow/report/offer-report-file.ts';
import type { Desk } from '../workflow/desk.ts';
import type { FrontDoorLog } from './front-door.ts';
import { namesReference } from './count-references.ts';
import type { Turn } from './turn.ts';

/** What a card shows that is kept up to date: a request, or the numbers of the home card of the person. */
export type Standing = Pick<PostedCard, 'reference' | 'audience'> | { readonly home: HomeView };

/** What a handler answers. deliver-outcome.ts turns it into activities. */
export type Outcome =
  /** A new message. */
  | { readonly kind: 'card'; readonly card: Card; readonly standing?: Standing }
  /** Replaces the clicked card; a new message where nothing was clicked. */
  | {
      readonly kind: 'replace';
      readonly card: Card;
      readonly standing?: Standing;
      /** In a dialog: it closes instead, because nothing is left to be read. */
      readonly closes?: boolean;
      /** In a dialog: what stands above the card. */
      readonly noteInDialog?: string;
    }
  /** The same card as this person sees it. It goes into the response to the press, which nobody else sees. */
  | { readonly kind: 'redraw'; readonly card: Card }
  | { readonly kind: 'say'; readonly text: string }
  /** Offers a file for the person's OneDrive. Only in a personal chat. */
  | { readonly kind: 'offer-file'; readonly offer: FileOffer }
  /** Goes to the person's own chat; a channel only sees the pointer. A dialog is private, so that it is shown there. */
  | {
      readonly kind: 'private';
      readonly outcome: ForOne;
      readonly pointer: string;
      /** What the channel sees where the person has no chat with the bot. Undefined: how to open one. */
      readonly otherwise?: string;
      /** Goes there from a dialog too, which shows it itself otherwise. */
      readonly asMessage?: boolean;
    };

/** What can be sent to a person's own chat. */
export type ForOne = Extract<Outcome, { kind: 'card' | 'offer-file' | 'say' }>;

/** The usual pointer to an answer in the personal chat. */
export const answeredPrivately = 'The answer is in your personal chat with Exemption Desk.';

/** The same, but beside the clicked card and not in its place. */
export const asNewMessage = (outcome: Outcome): Outcome =>
  outcome.kind === 'replace' || outcome.kind === 'redraw' ? { ...outcome, kind: 'card' } : outcome;

export const say = (text: string): Outcome => ({ kind: 'say', text });

/**
 * The sentence for somebody who was refused. A channel reads only what names nothing: that a line was not understood, or that Azure does not answer. Whatever
 * else it says, all that is said about a request, and all that follows a press, is for the person alone.
 */
export const refused = (error: unknown, sentence: string, turn: Turn): Outcome => {
  if (!turn.inChannel) return say(sentence);
  const isAboutTheLine = isRefusal(error, 'invalid') && turn.submitted === undefined && !namesReference(turn);
  return turn.isOverheard !== true && (isAboutTheLine || !isRefusal(error))
    ? say(`${turn.person.name}: ${sentence}`)
    : { kind: 'private', outcome: { kind: 'say', text: sentence }, pointer: answeredPrivately };
};

/** The message of a GovernanceError; for any other error, a sentence with the reference under which it is logged. */
export const sentenceFor = (
  { desk, log }: { readonly desk: Pick<Desk, 'newId'>; readonly log: FrontDoorLog },
  error: unknown,
): string => {
  if (error instanceof GovernanceError) {
    if (error.code === 'unavailable')
      log.warn({ err: error }, 'Could not answer, because Azure, Teams or the database did not');
    return error.message;
  }
  const reference = desk.newId().slice(0, 8);
  log.error({ err: error, reference }, 'Could not answer');
  return `Something went wrong (reference ${reference}). What you sent or decided may already be recorded. Before you try again, check with: requests`;
};
