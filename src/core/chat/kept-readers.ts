import type { ReaderTime } from '../reader-time.ts';

/** What somebody's client said last of their clock and language, for what is posted to them without a question of theirs. */
export type KeptReaders = {
  /** By Entra object id in any casing. Undefined if their client never named a zone, or not for long. */
  readonly of: (objectId: string) => Promise<ReaderTime | undefined>;
  /** Replaces what was kept of the same person. */
  readonly keep: (objectId: string, time: ReaderTime, at: Date) => Promise<void>;
  readonly remove: (objectId: string) => Promise<number>;
};
