import type { ChangeTimes } from './change-times.ts';

/**
 * Why a sweep read all exemptions, although others only compare when they were changed: the first reading, that of each hour, a change, exemptions
 * that do not say when they were changed, a tenant in which Resource Graph does not tell it, no answer to that question, a change around the
 * exemptions, something that was left open, more that is due than one question asks for, or visibility that was lost.
 */
export type WhyReadAll =
  | 'first'
  | 'hourly'
  | 'changed'
  | 'undated'
  | 'not-told'
  | 'no-answer'
  | 'surroundings'
  | 'left-open'
  | 'much-due'
  | 'blind';

/** What is kept of the last sweep that read all exemptions, so that the next ones need not read them while nothing changes. */
export type LastReading = {
  readonly at: Date;
  /** Undefined: an older version made it. */
  readonly why?: WhyReadAll | undefined;
  /** The change times of the exemptions that were read. Undefined: all of them have to be read again, because something was left open. */
  readonly times: ChangeTimes | undefined;
  /** The same of the exemptions made in Defender. */
  readonly timesOfDefender: ChangeTimes | undefined;
  /** A digest of everything that lists and alerts take from elsewhere: management groups, subscriptions, policy assignments, recommendations. */
  readonly surroundings: string;
  /** The policy assignments, by normal id, that exemptions refer to and that are not visible, although Azure did not say that they are gone. */
  readonly hiddenAssignments: readonly string[];
};

/** While nothing changes all exemptions are still read so often, for whatever their change times do not show. */
export const readAllEveryMs = 60 * 60_000;

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
  /** Undefined before the first complete sweep. */
  readonly reading: LastReading | undefined;
  /** Since when Azure shows too little, so that alerts are paused, and why, as a sentence for the operator. */
  readonly blind: { readonly since: Date; readonly reason: string } | undefined;
};

/** How the last complete sweep read exemptions. */
export type SweepReading = Pick<LastReading, 'why' | 'times'> & {
  /** It read all of them, or compared when they were changed. */
  readonly way: 'all' | 'compared';
  readonly readAllAt: Date;
};

/** Undefined before the first complete sweep. Pure. */
export const readingIn = ({ lastCompletedAt, reading }: SweepProgress): SweepReading | undefined =>
  lastCompletedAt === undefined || reading === undefined
    ? undefined
    : {
        way: reading.at.getTime() === lastCompletedAt.getTime() ? 'all' : 'compared',
        readAllAt: reading.at,
        why: reading.why,
        times: reading.times,
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

/** Resource Graph may show a change only so long after it was made. */
export const graphLagMs = 60 * 60_000;

const fewAreNoSign = 5;

/** Whether so many known exemptions are missing at once that Exemption Desk has more likely lost its permissions than somebody has deleted them. */
export const looksLikeLossOfSight = ({ known, missing }: { known: number; missing: number }): boolean =>
  missing > fewAreNoSign && missing * 3 > known;
