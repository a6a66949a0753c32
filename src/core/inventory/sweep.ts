/** The progress of the sweep. */
export type SweepProgress = {
  /** The time of the last sweep, whatever its result; undefined before the first. */
  readonly lastLookedAt: Date | undefined;
  /** The time up to which everything was reported; undefined before the first complete sweep, when everything found is the baseline. */
  readonly lastCompletedAt: Date | undefined;
  /** Digest of the policies in the last search for gaps. */
  readonly policies: string | undefined;
  /** When the compliance underneath the exemptions was last read. */
  readonly underneathReadAt: Date | undefined;
  /** Since when Azure shows too little, so that alerts are paused, and why, as a sentence for the operator. */
  readonly blind: { readonly since: Date; readonly reason: string } | undefined;
};

export type SweepStore = {
  readonly progress: () => Promise<SweepProgress>;
  readonly note: (progress: SweepProgress) => Promise<void>;
  /** Duration of the last complete sweep in milliseconds; undefined before the first. */
  readonly lastTook: () => Promise<number | undefined>;
  readonly took: (ms: number) => Promise<void>;
  /** When every request that waits for its effect was last looked at; undefined before the first time. */
  readonly followedAt: () => Promise<Date | undefined>;
  readonly followed: (at: Date) => Promise<void>;
  /** Runs work while no other process and no other call does the same; later ones wait. If a process dies, the next one starts at once. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

const fewAreNoSign = 5;

/** Whether so many known exemptions are missing at once that Exemption Desk has more likely lost its permissions than somebody has deleted them. */
export const looksLikeLossOfSight = ({ known, missing }: { known: number; missing: number }): boolean =>
  missing > fewAreNoSign && missing * 3 > known;
