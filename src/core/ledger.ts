import type { Actor } from './person.ts';
import type { RequestStatus } from './request.ts';

export type LedgerEvent = {
  readonly at: Date;
  readonly actor: Actor;
  /** The request it belongs to, where there is one. */
  readonly reference: string | undefined;
  /** What happened: `requested`, `approved`, `exemption-written`, `subscribed` … */
  readonly event: string;
  readonly from: RequestStatus | undefined;
  readonly to: RequestStatus | undefined;
  /** Free text of a person (kept apart, can be erased), empty where there is none. */
  readonly text: string;
  /** Facts without personal data: ids, counts. */
  readonly facts: Readonly<Record<string, string>>;
};

/** Append-only, hash-chained record of everything that was decided and done. */
export type Ledger = {
  /** Appends in the caller's transaction; rows of concurrent transactions never share a place in the chain. */
  readonly append: (event: LedgerEvent) => Promise<void>;
  /** Oldest first. */
  readonly history: (reference: string) => Promise<LedgerEvent[]>;
};
