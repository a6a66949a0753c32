const windowInMs = 5_000;
const quota = 15;

export type Quota = {
  readonly isExceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly resetsAfterSeconds: number;
};

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
      headers: {
        'x-ms-user-quota-remaining': String(Math.max(quota - current.used, 0)),
        'x-ms-user-quota-resets-after': `00:00:${String(resetsAfterSeconds).padStart(2, '0')}`,
      },
    };
  };
};
