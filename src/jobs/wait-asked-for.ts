import { PutOff } from '../core/put-off.ts';

/** How long a job asks to be postponed, in milliseconds; undefined if it failed for another reason. */
export const waitAskedFor = (error: unknown): number | undefined => {
  if (error instanceof PutOff) return error.waitMs;
  if (!(error instanceof AggregateError)) return undefined;
  const waits = error.errors.map(waitAskedFor).filter((wait) => wait !== undefined);
  return waits.length === error.errors.length ? Math.max(...waits) : undefined;
};
