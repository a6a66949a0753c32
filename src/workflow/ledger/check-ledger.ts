import type { KnownHead, Ledger, LedgerFault } from '../../core/ledger/ledger.ts';

export type LedgerCheck = { readonly whole: boolean; readonly sentence: string };

const sentences: Readonly<Record<LedgerFault['kind'], (row: number) => string>> = {
  altered: (row) => `Row ${row} was altered or moved.`,
  missing: (row) => `Row ${row} is missing.`,
  erased: (row) => `The name and text of row ${row} were removed, but no row records their erasure.`,
  rewritten: (row) =>
    `The hash of row ${row} is not the one that was published: the ledger was rewritten up to there at least.`,
  cut: (row) =>
    `The published head is not in the ledger, whose last row is ${row}: its end was cut off or replaced, or the hash is mistyped.`,
};

/** Checks the ledger and says the result in a sentence. That the chain was rewritten or cut off shows only against published heads. */
export const checkLedger = async (
  ledger: Pick<Ledger, 'head' | 'verify'>,
  published: readonly KnownHead[] = [],
): Promise<LedgerCheck> => {
  const head = await ledger.head();
  const fault = await ledger.verify(published);
  if (fault !== undefined) return { whole: false, sentence: sentences[fault.kind](fault.sequence) };
  if (head === undefined) return { whole: true, sentence: 'The ledger is empty.' };
  const end =
    published.length === 0
      ? 'To learn whether its end was cut off, compare it with a published head: npm run ledger -- verify --head HASH'
      : `It contains ${published.length === 1 ? 'the published head' : `all ${published.length} published heads`}.`;
  return { whole: true, sentence: `The ledger is intact: rows 1 to ${head.sequence}, head ${head.hash}. ${end}` };
};
