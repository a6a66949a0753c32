import type { LedgerEnds, LedgerHead, LedgerRecord } from '../../core/ledger/ledger.ts';
import type { RebuiltRequest } from '../../core/ledger/rebuild-requests.ts';
import type { LedgerCheck } from './check-ledger.ts';

/** A request, and every row about it, oldest first. */
export type RecordedRequest = { readonly request: RebuiltRequest; readonly records: readonly LedgerRecord[] };

/** Rows of the ledger for an auditor, with their requests as they were at that time. */
export type Evidence = {
  readonly about: string;
  /** The first and the last row; undefined without any. */
  readonly ends: LedgerEnds | undefined;
  /** The rows, oldest first, in portions. Each call reads them again, and finds the same. */
  readonly records: () => AsyncIterable<readonly LedgerRecord[]>;
  /** Their requests as they were at the last of the rows, with their history before the first: it belongs to them. In portions. */
  readonly requests: () => AsyncIterable<readonly RecordedRequest[]>;
  /** The head of the whole ledger when the evidence was exported. */
  readonly head: LedgerHead | undefined;
  readonly check: LedgerCheck;
  readonly takenAt: Date;
  readonly timeZone: string;
};

/** The ids of the exemptions in a row. */
export const exemptionsIn = ({ facts }: Pick<LedgerRecord, 'facts'>): string[] =>
  [facts.exemptions, facts.exemption].flatMap((ids) => ids?.split(/\s+(?=\/)/).filter((id) => id !== '') ?? []);
