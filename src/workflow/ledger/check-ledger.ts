import type { Ledger, LedgerFault } from '../../core/ledger/ledger.ts';

export type LedgerCheck = { readonly whole: boolean; readonly sentence: string };

const sentences: Readonly<Record<LedgerFault['kind'], (row: number) => string>> = {
  altered: (row) => `Row ${row} was altered or moved.`,
  missing: (row) => `Row ${row} is missing.`,
  erased: (row) => `The name and text of row ${row} were removed, but no row records their erasure.`,
  cut: (row) =>
    `The published head is not in the ledger, whose last row is ${row}: its end was cut off or replaced, or the hash is mistyped.`,
};

/** Checks the ledger and says the result in a sentence. The end of the chain is checked only against the hash of a published head. */
export const checkLedger = async (
  ledger: Pick<Ledger, 'head' | 'verify'>,
  publishedHash?: string,
): Promise<LedgerCheck> => {
  const head = await ledger.head();
  const fault = await ledger.verify(publishedHash);
  if (fault !== undefined) return { whole: false, sentence: sentences[fault.kind](fault.sequence) };
  if (head === undefined) return { whole: true, sentence: 'The ledger is empty.' };
  const end =
    publishedHash === undefined
      ? 'To learn whether its end was cut off, compare it with a published head: npm run ledger -- verify --head HASH'
      : 'It contains the published head.';
  return { whole: true, sentence: `The ledger is intact: rows 1 to ${head.sequence}, head ${head.hash}. ${end}` };
};
