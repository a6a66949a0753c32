/** A coverage gap as it was found: one policy assignment and one request. */
export type KeptGap = {
  readonly reference: string;
  /** The normal id of the policy assignment. */
  readonly assignmentId: string;
  readonly assignmentName: string;
  /** How often it opened, counted from 1. */
  readonly round: number;
  readonly open: boolean;
};

/** Which coverage gaps are open, so that their end can be told. */
export type GapStore = {
  /** All that are open, those of at most 100 requests at a time: each portion has all of its requests. */
  readonly open: () => AsyncIterable<KeptGap[]>;
  /** Every gap that was ever found of these requests. */
  readonly of: (references: readonly string[]) => Promise<KeptGap[]>;
  readonly keep: (gaps: readonly KeptGap[]) => Promise<void>;
  /** Forgets every gap of these requests, which are over. */
  readonly forget: (references: readonly string[]) => Promise<void>;
};
