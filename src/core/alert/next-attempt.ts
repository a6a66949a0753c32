import type { Parcel } from './alert-delivery.ts';

const firstPauseMs = 30_000;
const longestPauseMs = 15 * 60_000;
/** About a day of them. */
const mostAttempts = 100;
/** Each may have arrived: more would be spam. */
const mostUnknown = 5;

/** How long to leave alone what has failed so often, in milliseconds: longer each time, and a little different for each, as its `share` from 0 to 1 says. */
export const pauseAfter = (attempts: number, share: number): number =>
  Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)) * (0.8 + 0.4 * share));

/** Why there is no point in trying once more after one more failure of this sort; undefined while there is. */
export const whyGiveUp = (
  { attempts, unknowns }: Pick<Parcel, 'attempts' | 'unknowns'>,
  failure: 'refused' | 'unknown',
): string | undefined => {
  if (failure === 'unknown' && unknowns + 1 >= mostUnknown)
    return `Teams did not confirm any of ${mostUnknown} attempts.`;
  return attempts + 1 >= mostAttempts ? 'Teams did not accept it for a day.' : undefined;
};
