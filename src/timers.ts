import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds. */
export const pause = (ms: number): Promise<void> => setTimeout(ms);

/** Does something again and again until what it gives back is called; a time that fails is left out. */
export const every = (ms: number, work: () => Promise<void>): (() => void) => {
  const timer = setInterval(() => void work().catch(() => undefined), ms);
  return () => clearInterval(timer);
};

/** What comes of a piece of work within so many milliseconds; undefined where it goes on for longer. */
export const inTime = async <Result>(work: Promise<Result>, ms: number): Promise<Result | undefined> => {
  const over = new AbortController();
  const late = setTimeout(ms, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
};
