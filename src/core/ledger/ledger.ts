import type { Actor } from '../person.ts';
import type { RequestStatus } from '../request/request-status.ts';

export type LedgerEvent = {
  readonly at: Date;
  readonly actor: Actor;
  /** The request it belongs to, where there is one. */
  readonly reference: string | undefined;
  /** What happened: `requested`, `approved`, `exemption-written`, `subscribed` … */
  readonly event: string;
  readonly from: RequestStatus | undefined;
  readonly to: RequestStatus | undefined;
  /** Free text of the person who acted (kept apart, can be erased), empty where there is none. */
  readonly text: string;
  /** Facts without personal data: ids, counts. */
  readonly facts: Readonly<Record<string, string>>;
};

/** The end of the chain at some moment. */
export type LedgerHead = { readonly sequence: number; readonly hash: string };

/** An event with its place in the chain. */
export type LedgerRecord = LedgerEvent & LedgerHead;

/**
 * The first thing that is wrong: a row that is not as it was written, a row that is missing, words that were erased though no row says so, or a
 * published head that is no longer there (`cut`: at or before the given row, which is the last, the end was cut off or replaced).
 */
export type LedgerFault = { readonly sequence: number; readonly kind: 'altered' | 'missing' | 'erased' | 'cut' };

/** Everything where nothing is chosen. */
export type LedgerSelection = {
  readonly references?: readonly string[];
  readonly from?: Date;
  /** Itself not included. */
  readonly before?: Date;
};

/** The row that says that somebody's words were erased carries their Entra object id as this fact. */
export const forgotten = { event: 'forgotten', fact: 'person' } as const;

/** Append-only, hash-chained record of everything that was decided and done. */
export type Ledger = {
  /** Appends in the caller's transaction; rows of concurrent transactions never share a place in the chain. */
  readonly append: (event: LedgerEvent) => Promise<void>;
  /** Oldest first. */
  readonly history: (reference: string) => Promise<LedgerEvent[]>;
  /** Oldest first. */
  readonly read: (selection: LedgerSelection) => Promise<LedgerRecord[]>;
  /** Undefined while the ledger is empty. */
  readonly head: () => Promise<LedgerHead | undefined>;
  /** Follows the whole chain; a cut end shows only against the hash of a head that was published. */
  readonly verify: (publishedHash?: string) => Promise<LedgerFault | undefined>;
  /**
   * Erases the name and words of a person (Entra object id) for good; how many rows held any. The caller appends the `forgotten` row that
   * accounts for it, else `verify` finds them missing.
   */
  readonly eraseTexts: (objectId: string) => Promise<number>;
};
