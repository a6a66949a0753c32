import { formatDay } from '../../core/calendar.ts';
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
  timeZone: string,
): string =>
  [
    `Already requested by ${shortened(requester.name, 60)}`,
    shortened(places, 120),
    `waits since ${formatDay(waitingSince, timeZone)}`,
  ].join(' · ');

/** A line for each, and the button that opens the request. */
export const waitingRows = ({ rows }: WaitingInput, timeZone: string): WaitingRow[] =>
  rows.map((row) => ({
    words: waitingWords(row, timeZone),
    open: action(
      `Show ${row.request.reference}`,
      { verb: 'show-request', reference: row.request.reference },
      { withoutInputs: true },
    ),
  }));
