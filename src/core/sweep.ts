/** What the sweep remembers from one look at Azure to the next. */
export type SweepStore = {
  /** When the last complete sweep ended; undefined before the first: then everything found is the baseline. */
  readonly lastCompleted: () => Promise<Date | undefined>;
  readonly complete: (at: Date) => Promise<void>;
  /** How long the last complete sweep took, in milliseconds; undefined before the first. */
  readonly lastTook: () => Promise<number | undefined>;
  readonly took: (ms: number) => Promise<void>;
  /** Of these exemption ids, those never seen before (compared without case). */
  readonly unseen: (exemptionIds: readonly string[]) => Promise<string[]>;
  readonly markSeen: (exemptionIds: readonly string[], at: Date) => Promise<void>;
};
