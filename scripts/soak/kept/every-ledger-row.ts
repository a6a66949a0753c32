import type { Ledger, LedgerRecord, LedgerSelection } from '../../../src/core/ledger/ledger.ts';

/** Rows of the ledger, oldest first, together in memory; for tests, whose ledgers are small. */
export const everyLedgerRow = async (
  ledger: Pick<Ledger, 'read'>,
  selection: LedgerSelection = {},
): Promise<LedgerRecord[]> => {
  const all: LedgerRecord[] = [];
  for await (const portion of ledger.read(selection)) all.push(...portion);
  return all;
};
