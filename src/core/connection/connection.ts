import type { LedgerRecord } from '../ledger/ledger.ts';
import type { OutboxPart, OutboxRow, Target } from './outbox.ts';

/** The news that a connection is asked to tell its target. */
export type Delivery = {
  readonly row: OutboxRow;
  /** Undefined: the row tells of something else than the ledger. */
  readonly record: LedgerRecord | undefined;
  /** The scopes that it is about, as far as known. */
  readonly scopes: readonly string[];
};

/**
 * The outcome of an attempt. Reasons are shown to operators: they name the remedy, and repeat nothing that the other side said.
 * - `sent`: the first `count` of what was given arrived, all without it; the others are given again at once.
 * - `unwanted`: the target does not want to hear of it.
 * - `split`: it is told in parts, each by itself.
 * - `retry`: it certainly did not arrive; `waitMs` if the other side says how long to leave it alone.
 * - `ambiguous`: it may have arrived. The next attempt finds `row.unknowns` above 0 and has to look first, if the other side does not
 *   recognise keys. `waitMs`: the least time before looking makes sense.
 * - `dead`: the other side will never take it, and the others are to go on.
 * - `off`: the other side wants nothing any more.
 */
export type DeliveryResult =
  | { readonly kind: 'sent'; readonly count?: number }
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'split'; readonly parts: readonly OutboxPart[] }
  | { readonly kind: 'retry'; readonly reason: string; readonly waitMs?: number }
  | { readonly kind: 'ambiguous'; readonly reason: string; readonly waitMs?: number }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'off'; readonly reason: string };

/** The doctor's line about a connection; without a remedy all is well. */
type ConnectionFinding = { readonly seen: string; readonly remedy?: string };

/** The way to one target. Everything else (rows, attempts, order, health, metrics) is done for it. */
export type Connection = Target & {
  /** The most deliveries that one attempt takes. More than one only with the order of the ledger. */
  readonly atOnce: number;
  /** After how many days an undelivered row is given up; undefined: never. */
  readonly patienceDays: number | undefined;
  /** After how many attempts of which nobody knows a row is given up, because each may have arrived; undefined: the other side recognises keys. */
  readonly mostUnknowns: number | undefined;
  /** Ends within 30 seconds. Gets the oldest first. */
  readonly deliver: (deliveries: readonly [Delivery, ...Delivery[]]) => Promise<DeliveryResult>;
  /** Tries the connection without telling anything, for the doctor; throws where it does not work, with the remedy. */
  readonly check: () => Promise<ConnectionFinding>;
  /** Sends something recognisable as a test, for an operator; undefined where there is no such thing. */
  readonly sendTest?: () => Promise<DeliveryResult>;
};

/** The value of a secret by the name of its setting; undefined if there is none. */
type SecretOf = (name: string) => string | undefined;

/** A kind of connection: what it is called in the connections file, and how it opens what stands there. */
export type ConnectionKind = {
  readonly section: string;
  /** Throws ConnectionMistake for a section that it does not understand. */
  readonly open: (written: unknown, secretOf: SecretOf) => readonly Connection[];
};

/** A section of the connections file is wrong; each line names a field and the remedy. */
export class ConnectionMistake extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join(' '));
    this.name = 'ConnectionMistake';
    this.lines = lines;
  }
}
