import { normalId } from '../tenant/arm-id.ts';
import type { Listing } from './listing.ts';
import { graphLagMs } from './sweep.ts';

/** An exemption that a recorded step of Exemption Desk wrote, deleted or found gone lately. */
export type WrittenExemption = {
  readonly exemptionId: string;
  readonly writtenAt: Date;
  /** Differs for every writing of the same exemption. */
  readonly mark: string;
  /** The digest of what lists show of it; undefined: nothing, because it is gone. */
  readonly listed: string | undefined;
};

/**
 * What recorded steps did lately. Resource Graph lags minutes behind and may show for a while what was there before, so lists show such an
 * exemption as the step left it, and later as Resource Manager shows it, until Resource Graph has surely caught up.
 */
export type WrittenStore = {
  /** Lists an exemption as a step left it. In the transaction that records the step, after the ledger. */
  readonly put: (listing: Listing, at: Date) => Promise<void>;
  /** Lists exemptions no more that a step deleted or found gone. In the same place. */
  readonly erase: (exemptionIds: readonly string[], at: Date) => Promise<void>;
  /** The ones written first, at most so many. */
  readonly all: (most: number) => Promise<WrittenExemption[]>;
  /** Lists one as Resource Manager has just shown it, undefined: no more. False: it was written again meanwhile, and nothing is changed. */
  readonly settle: (written: WrittenExemption, now: Listing | undefined) => Promise<boolean>;
  /** Leaves exemptions to the sweep again, as far as they were not written again and it has seen what lists show of them. */
  readonly leave: (written: readonly WrittenExemption[]) => Promise<void>;
};

const minute = 60_000;
/** Resource Manager itself may need a moment until each of its regions shows a write. */
const restMs = 2 * minute;

type Verdict = {
  /** Those to ask Resource Manager about, because Resource Graph shows them otherwise than lists do. */
  readonly ask: readonly WrittenExemption[];
  /** Those about which Resource Graph is right. */
  readonly leave: readonly WrittenExemption[];
};

/** Judges what Resource Graph shows of them, as digests by normal id, according to a reading that began then. Pure. */
export const judgeWritten = (
  written: readonly WrittenExemption[],
  shown: ReadonlyMap<string, string>,
  at: Date,
): Verdict => {
  const age = ({ writtenAt }: WrittenExemption): number => Math.abs(at.getTime() - writtenAt.getTime());
  const isShownSo = (each: WrittenExemption): boolean => {
    const digest = shown.get(normalId(each.exemptionId));
    // Later than any lag its word counts, except about whether something is there: that is never concluded from absence.
    return age(each) > graphLagMs ? (digest === undefined) === (each.listed === undefined) : digest === each.listed;
  };
  const rested = written.filter((each) => age(each) >= restMs);
  return {
    ask: rested.filter((each) => !isShownSo(each)),
    leave: rested.filter((each) => age(each) > graphLagMs && isShownSo(each)),
  };
};
