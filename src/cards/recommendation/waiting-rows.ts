import { formatDayOf, type Clock } from '../../core/calendar.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { shortened } from '../../core/visible-text.ts';
import { action, type CardAction } from '../card-action.ts';

/** Requests for a recommendation that wait for a decision: how many there are, and the newest of them with the names of their scopes. */
export type WaitingInput = {
  readonly found: number;
  readonly rows: readonly { readonly request: ExemptionRequest; readonly places: string }[];
};

type WaitingRow = { readonly words: string; readonly open: CardAction };

/** “Already requested by Alice Anders · shop-prod / rg-shop · waits since 1 Dec 2026”. */
export const waitingWords = (
  { request: { requester, waitingSince }, places }: WaitingInput['rows'][number],
  clock: Clock,
): string =>
  [
    `Already requested by ${shortened(requester.name, 60)}`,
    shortened(places, 120),
    `waits since ${formatDayOf(waitingSince, clock)}`,
  ].join(' · ');

/** A line for each, and the button that opens the request. */
export const waitingRows = ({ rows }: WaitingInput, clock: Clock): WaitingRow[] =>
  rows.map((row) => ({
    words: waitingWords(row, clock),
    open: action(
      `Show ${row.request.reference}`,
      { verb: 'show-request', reference: row.request.reference },
      { withoutInputs: true },
    ),
  }));
