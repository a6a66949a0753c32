const windowInMs = 5_000;
const quota = 15;

export type Quota = {
  readonly isExceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly resetsAfterSeconds: number;
};

const remainingOf = (left: number, resetsAfterSeconds: number): Quota['headers'] => ({
  'x-ms-user-quota-remaining': String(Math.max(left, 0)),
  'x-ms-user-quota-resets-after': `00:00:${String(resetsAfterSeconds).padStart(2, '0')}`,
});

/** The headers without throttling: a quota that is hardly used, so that nobody waits for it. */
export const untouchedQuota: Quota['headers'] = remainingOf(quota - 1, windowInMs / 1000);

/** Counts the queries of each caller in windows of five seconds. */
export const createThrottle = (now: () => Date): ((caller: string) => Quota) => {
  const windows = new Map<string, { readonly start: number; readonly used: number }>();
  return (caller) => {
    const time = now().getTime();
    const before = windows.get(caller);
    const isFresh = before === undefined || time - before.start >= windowInMs || time < before.start;
    const current = isFresh ? { start: time, used: 1 } : { start: before.start, used: before.used + 1 };
    windows.set(caller, current);
    const resetsAfterSeconds = Math.ceil((current.start + windowInMs - time) / 1000);
    return {
      isExceeded: current.used > quota,
      resetsAfterSeconds,
      headers: remainingOf(quota - current.used, resetsAfterSeconds),
    };
  };
};
