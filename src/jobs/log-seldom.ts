import { faultOf } from '../core/fault-of.ts';

const quietMs = 10_000;

/**
 * Logs errors that repeat while something is away: at most one line in ten seconds, with the number of errors left out before it. `now` is in
 * milliseconds.
 */
export const logSeldom = (
  log: { readonly error: (fields: object, message: string) => void },
  message: string,
  now: () => number,
): ((error: unknown) => void) => {
  let [loggedAt, leftOut] = [-Infinity, 0];
  return (error) => {
    if (now() - loggedAt < quietMs) {
      leftOut += 1;
      return;
    }
    log.error({ fault: faultOf(error), ...(leftOut === 0 ? {} : { leftOut }) }, message);
    [loggedAt, leftOut] = [now(), 0];
  };
};
