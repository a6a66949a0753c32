import { asc, eq, gt } from 'drizzle-orm';
import { beforeTheFirst, rowHash, saltedHash, type LedgerRow } from './ledger-row.ts';
import type { LedgerHead } from './ledger.ts';
import { ledger, ledgerTexts } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

/** The first row that is not as it was written; `missing` also when the ledger ends before the head that was published. */
export type LedgerFault = { readonly sequence: number; readonly kind: 'altered' | 'missing' };

type Texts = typeof ledgerTexts.$inferSelect;

const rowsPerPage = 500;

const textsMatch = (row: LedgerRow, texts: Texts | null, hash: (text: string) => string): boolean =>
  texts === null ||
  (saltedHash(texts.salt, 'name', texts.name, hash) === row.nameHash &&
    saltedHash(texts.salt, 'text', texts.text, hash) === row.textHash);

/** Reads the whole ledger and follows its chain. Erased texts are no fault; a cut tail shows only against a published head. */
export const verifyLedger = async (
  database: SqlDatabase,
  hash: (text: string) => string,
  published?: LedgerHead,
): Promise<LedgerFault | undefined> => {
  let head: LedgerHead = { sequence: 0, hash: beforeTheFirst };
  for (;;) {
    const page = await database
      .select()
      .from(ledger)
      .leftJoin(ledgerTexts, eq(ledgerTexts.sequence, ledger.sequence))
      .where(gt(ledger.sequence, head.sequence))
      .orderBy(asc(ledger.sequence))
      .limit(rowsPerPage);
    if (page.length === 0) break;
    for (const { ledger: stored, ledger_texts: texts } of page) {
      const sequence = head.sequence + 1;
      if (stored.sequence !== sequence) return { sequence, kind: 'missing' };
      const { hash: storedHash, ...row } = stored;
      const asWritten = row.previousHash === head.hash && rowHash(row, hash) === storedHash;
      const asPublished = published?.sequence !== sequence || published.hash === storedHash;
      if (!asWritten || !asPublished || !textsMatch(stored, texts, hash)) return { sequence, kind: 'altered' };
      head = { sequence, hash: storedHash };
    }
  }
  return published !== undefined && published.sequence > head.sequence
    ? { sequence: head.sequence + 1, kind: 'missing' }
    : undefined;
};
