import type { Bucket } from './pace.ts';

/** How many references that do not exist, or that somebody may not see, they may try: twenty at once, then one a minute. */
export const wrongReferences: Bucket = { everyMs: 60_000, burst: 20 };

/** Counts the wrong references of each person, for all replicas together. Right ones do not count. */
export type ReferenceTries = {
  /** From when on somebody may name a reference again; undefined: now. */
  readonly blockedUntil: (personId: string, now: Date) => Promise<Date | undefined>;
  readonly countWrong: (personId: string, now: Date) => Promise<void>;
};

/** From when on there is room in a bucket that is booked until a moment, both in milliseconds since 1970; undefined: now. */
export const freeAgain = (bookedUntil: number, now: number, { everyMs, burst }: Bucket): number | undefined => {
  const free = bookedUntil - (burst - 1) * everyMs;
  return free > now ? free : undefined;
};
