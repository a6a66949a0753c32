import type { Actor } from '../person.ts';
import type { RequestStatus } from '../request/request-status.ts';

export type LedgerEvent = {
  readonly at: Date;
  readonly actor: Actor;
  /** The reference of its request, if there is one. */
  readonly reference: string | undefined;
  /** The name of the event: `requested`, `approved`, `exemption-written`, `subscribed` … */
  readonly event: string;
  readonly from: RequestStatus | undefined;
  readonly to: RequestStatus | undefined;
  /** Text by the person who acted, stored separately so that it can be erased; empty if there is none. */
  readonly text: string;
  /** Facts without personal data: ids, counts. */
  readonly facts: Readonly<Record<string, string>>;
};

/** The end of the chain at some moment. */
export type LedgerHead = { readonly sequence: number; readonly hash: string };

/** An event with its place in the chain. */
export type LedgerRecord = LedgerEvent & LedgerHead;

/**
 * The first fault found: an altered row, a missing row, text erased without a row that says so, a row whose
 * hash was published otherwise (`rewritten`), or a published head that is gone (`cut`: the end was cut off or replaced, at or before the
 * given row, which is the last).
 */
export type LedgerFault = {
  readonly sequence: number;
  readonly kind: 'altered' | 'missing' | 'erased' | 'rewritten' | 'cut';
};

/** A head that was published; somebody who typed it in may know only its hash. */
export type KnownHead = { readonly hash: string; readonly sequence?: number };

/** A selection of rows; everything if no field is given. */
export type LedgerSelection = {
  readonly references?: readonly string[];
  readonly from?: Date;
  /** Exclusive. */
  readonly before?: Date;
  /** The sequences of the first and the last row that may be among them. */
  readonly since?: number;
  readonly upTo?: number;
};

/** The first and the last row of a selection, and how many there are. */
export type LedgerEnds = { readonly first: LedgerHead; readonly last: LedgerHead; readonly rows: number };

/** The row that records an erasure carries the Entra object id of the person as this fact. */
export const forgotten = { event: 'forgotten', fact: 'person' } as const;

/** Append-only, hash-chained record of everything that was decided and done. */
export type Ledger = {
  /** Appends in the transaction of the caller, with what connections are to be told of it. Rows of concurrent transactions never share a place in the chain. */
  readonly append: (event: LedgerEvent) => Promise<void>;
  /** Oldest first. */
  readonly history: (reference: string) => Promise<LedgerEvent[]>;
  /** Oldest first, in portions of at most 500, so that they never have to fit in memory together. */
  readonly read: (selection: LedgerSelection) => AsyncIterable<LedgerRecord[]>;
  /** The references of the requests that rows are about, in the order of the first of these rows, each once, in portions of at most 100. */
  readonly references: (selection: Omit<LedgerSelection, 'references'>) => AsyncIterable<string[]>;
  /** Undefined: there is no such row. */
  readonly ends: (selection: LedgerSelection) => Promise<LedgerEnds | undefined>;
  /** Undefined while the ledger is empty. */
  readonly head: () => Promise<LedgerHead | undefined>;
  /** Whether the row of this head still has its hash; reads that row only. */
  readonly holds: (head: LedgerHead) => Promise<boolean>;
  /** Checks the whole chain. That it was rewritten or its end cut off shows only against published heads. */
  readonly verify: (published?: readonly KnownHead[]) => Promise<LedgerFault | undefined>;
  /**
   * Erases the name and text of a person (Entra object id) permanently; returns the number of rows that contained any. The caller must
   * append the `forgotten` row, otherwise `verify` reports a fault.
   */
  readonly eraseTexts: (objectId: string) => Promise<number>;
};
