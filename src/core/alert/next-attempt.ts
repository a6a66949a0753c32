import type { Parcel } from './alert-delivery.ts';

const firstPauseMs = 30_000;
const longestPauseMs = 15 * 60_000;
/** About one day of attempts. */
const mostAttempts = 100;
/** Each unknown attempt may have arrived: more of them would be spam. */
const mostUnknown = 5;

/** How long to wait after this many attempts, in milliseconds: longer each time, and a little different for each alert by its `share` from 0 to 1. */
export const pauseAfter = (attempts: number, share: number): number =>
  Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)) * (0.8 + 0.4 * share));

/** Why to give up after one more failure of this kind, with the last words of Teams; undefined: try again. */
export const whyGiveUp = (
  { attempts, unknowns }: Pick<Parcel, 'attempts' | 'unknowns'>,
  failure: 'refused' | 'unknown',
  lastWords: string,
): string | undefined => {
  if (failure === 'unknown' && unknowns + 1 >= mostUnknown)
    return `Teams did not confirm any of ${mostUnknown} attempts.`;
  return attempts + 1 >= mostAttempts ? `Teams did not accept it for a day. ${lastWords}`.trim() : undefined;
};
