const firstPauseMs = 30_000;
const longestPauseMs = 60 * 60_000;
const longestAskedMs = 24 * 60 * 60_000;
const dayMs = 86_400_000;

/** After this many failures in a row the target is left alone for a while, and then tried with one delivery. */
const failuresBeforePause = 5;
/** A longer pause for each attempt, between 80 and 120 % of it by `share` from 0 to 1, so that many do not come back at the same moment. */
const pauseAfter = (attempts: number, share: number): number =>
  Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20)) * (0.8 + 0.4 * share));

export type FailedDelivery = {
  readonly kind: 'refused' | 'unknown';
  /** Attempts at this row before, and failures in a row of its target before. */
  readonly attempts: number;
  readonly unknowns: number;
  readonly failures: number;
  readonly since: Date;
  readonly patienceDays: number | undefined;
  readonly mostUnknowns: number | undefined;
  /** The time for which the other side asks to be left alone. */
  readonly waitMs: number | undefined;
};

/** When a failed row is tried again, or `dead`; and until when its target is left alone, undefined: not at all. */
export type AfterFailure = {
  readonly dueAt: Date;
  readonly dead: string | undefined;
  readonly pausedUntil: Date | undefined;
};

/** The state after a failed attempt. `share` is a number from 0 to 1 that is the same for one row and attempt. */
export const afterFailure = (failed: FailedDelivery, now: Date, share: number): AfterFailure => {
  const { kind, attempts, unknowns, failures, since, patienceDays, mostUnknowns } = failed;
  const asked = Math.min(failed.waitMs ?? 0, longestAskedMs);
  const at = (ms: number): Date => new Date(now.getTime() + ms);
  const isOver = patienceDays !== undefined && now.getTime() - since.getTime() >= patienceDays * dayMs;
  const dead =
    kind === 'unknown' && mostUnknowns !== undefined && unknowns + 1 >= mostUnknowns
      ? `None of ${mostUnknowns} attempts was confirmed, and each may have arrived: look there first.`
      : isOver
        ? `It was not accepted within ${patienceDays} days.`
        : undefined;
  const broken = failures + 1 - failuresBeforePause;
  const pauseMs = Math.max(kind === 'refused' ? asked : 0, broken < 0 ? 0 : pauseAfter(broken, share));
  return {
    dueAt: at(Math.max(asked, pauseAfter(attempts + unknowns, share))),
    dead,
    pausedUntil: pauseMs === 0 ? undefined : at(pauseMs),
  };
};
