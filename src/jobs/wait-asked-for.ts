import { PutOff } from '../core/put-off.ts';

/** How long a job wants to be put off because that is what it was met with, in milliseconds; undefined where it failed for any other reason. */
export const waitAskedFor = (error: unknown): number | undefined => {
  if (error instanceof PutOff) return error.waitMs;
  if (!(error instanceof AggregateError)) return undefined;
  const waits = error.errors.map(waitAskedFor).filter((wait) => wait !== undefined);
  return waits.length === error.errors.length ? Math.max(...waits) : undefined;
};
