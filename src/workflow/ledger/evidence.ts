import type { LedgerHead, LedgerRecord } from '../../core/ledger/ledger.ts';
import type { RebuiltRequest } from '../../core/ledger/rebuild-requests.ts';
import type { LedgerCheck } from './check-ledger.ts';

/** Rows of the ledger for an auditor, with their requests as they were at that time. */
export type Evidence = {
  readonly about: string;
  readonly records: readonly LedgerRecord[];
  readonly requests: readonly RebuiltRequest[];
  /** Every row about those requests, up to the last of the rows above. */
  readonly background: readonly LedgerRecord[];
  /** The head of the whole ledger when the evidence was exported. */
  readonly head: LedgerHead | undefined;
  readonly check: LedgerCheck;
  readonly takenAt: Date;
  readonly timeZone: string;
};

/** The ids of the exemptions in a row. */
export const exemptionsIn = ({ facts }: Pick<LedgerRecord, 'facts'>): string[] =>
  [facts.exemptions, facts.exemption].flatMap((ids) => ids?.split(/\s+(?=\/)/).filter((id) => id !== '') ?? []);
