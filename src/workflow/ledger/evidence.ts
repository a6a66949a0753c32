import type { LedgerHead, LedgerRecord } from '../../core/ledger/ledger.ts';
import type { RebuiltRequest } from '../../core/ledger/rebuild-requests.ts';
import type { LedgerCheck } from './check-ledger.ts';

/** What an auditor gets: rows of the ledger, and the requests that they belong to as they stood then. */
export type Evidence = {
  readonly about: string;
  readonly records: readonly LedgerRecord[];
  readonly requests: readonly RebuiltRequest[];
  /** Every row about those requests up to the last of the rows above. */
  readonly background: readonly LedgerRecord[];
  /** Of the whole ledger when the evidence was taken. */
  readonly head: LedgerHead | undefined;
  readonly check: LedgerCheck;
  readonly takenAt: Date;
  readonly timeZone: string;
};

/** The ids of the exemptions that a row is about. */
export const exemptionsIn = ({ facts }: Pick<LedgerRecord, 'facts'>): string[] =>
  [facts.exemptions, facts.exemption].flatMap((ids) => ids?.split(/\s+/).filter((id) => id !== '') ?? []);
