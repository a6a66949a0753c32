import { setTimeout } from 'node:timers/promises';

/** Resolves after this many milliseconds. */
export const pause = (ms: number): Promise<void> => setTimeout(ms);

/** Repeats work until the returned function is called; a failed run is skipped. */
export const every = (ms: number, work: () => Promise<void>): (() => void) => {
  const timer = setInterval(() => void work().catch(() => undefined), ms);
  return () => clearInterval(timer);
};

/** Runs work once, after this many milliseconds, unless the process ends before. */
export const later = (ms: number, work: () => void): void => {
  globalThis.setTimeout(work, ms).unref();
};

/** The result of work if it ends within this many milliseconds; undefined otherwise. */
export const inTime = async <Result>(work: Promise<Result>, ms: number): Promise<Result | undefined> => {
  const over = new AbortController();
  const late = setTimeout(ms, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
};
