import type { Ledger, LedgerFault } from '../../core/ledger/ledger.ts';

export type LedgerCheck = { readonly whole: boolean; readonly sentence: string };

const sentences: Readonly<Record<LedgerFault['kind'], (row: number) => string>> = {
  altered: (row) => `Row ${row} is not as it was written, or stands in another place.`,
  missing: (row) => `Row ${row} is missing.`,
  erased: (row) => `The name and words of row ${row} are gone, and no row says that somebody had them erased.`,
  cut: (row) =>
    `The head that was published is not in the ledger, whose last row is ${row}: its end was cut off or replaced, or the hash is mistyped.`,
};

/** Whether the ledger is as it was written, as a sentence; its end only where the hash of a published head is given. */
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
      ? 'Whether its end was cut off shows only against a published head.'
      : 'It holds the head that was published.';
  return { whole: true, sentence: `The ledger is whole: rows 1 to ${head.sequence}, head ${head.hash}. ${end}` };
};
