import type { Card } from '../cards/render-card.ts';
import type { PostedCard } from '../core/chat/posted-card.ts';
import type { FileOffer } from '../workflow/report/offer-report-file.ts';

/** The request that a card shows, so that the copy is kept current from now on. */
export type Standing = Pick<PostedCard, 'reference' | 'audience'>;

/** What a handler wants to happen; one file turns it into activities. */
export type Outcome =
  /** A new message. */
  | { readonly kind: 'card'; readonly card: Card; readonly standing?: Standing }
  /** The clicked card changes; where nothing was clicked, a new message. */
  | { readonly kind: 'replace'; readonly card: Card; readonly standing?: Standing }
  | { readonly kind: 'say'; readonly text: string }
  /** A file that the person may have put into their OneDrive: in a personal chat only. */
  | { readonly kind: 'offer-file'; readonly offer: FileOffer }
  /** Goes to the person's own chat; in a channel only the pointer is seen. */
  | { readonly kind: 'private'; readonly outcome: Extract<Outcome, { kind: 'card' }>; readonly pointer: string };

export const say = (text: string): Outcome => ({ kind: 'say', text });
