/** Where the sweep stands. */
export type SweepProgress = {
  /** When it last looked, whatever came of it; undefined before the first look. */
  readonly lastLookedAt: Date | undefined;
  /** Up to when everything that happened is told; undefined before the first complete sweep: then everything found is the baseline. */
  readonly lastCompletedAt: Date | undefined;
  /** Digest of the policies for which gaps were looked for last. */
  readonly policies: string | undefined;
  /** When what lies underneath the exemptions was read last. */
  readonly underneathReadAt: Date | undefined;
  /** Since when Azure shows the bot so little that nobody is alerted, and why, as a sentence for the operator. */
  readonly blind: { readonly since: Date; readonly reason: string } | undefined;
};

export type SweepStore = {
  readonly progress: () => Promise<SweepProgress>;
  readonly note: (progress: SweepProgress) => Promise<void>;
  /** How long the last complete sweep took, in milliseconds; undefined before the first. */
  readonly lastTook: () => Promise<number | undefined>;
  readonly took: (ms: number) => Promise<void>;
  /** When every request that waits for its effect was looked at last; undefined before the first time. */
  readonly followedAt: () => Promise<Date | undefined>;
  readonly followed: (at: Date) => Promise<void>;
  /** Runs work while no other process and no other call here does the same: later ones wait. A process that dies gives way at once. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

const fewAreNoSign = 5;

/** Whether so many known exemptions are missing at once that the bot has rather lost its sight than somebody has deleted them. */
export const looksLikeLossOfSight = ({ known, missing }: { known: number; missing: number }): boolean =>
  missing > fewAreNoSign && missing * 3 > known;
