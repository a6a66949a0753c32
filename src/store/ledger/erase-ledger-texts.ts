import { and, eq, inArray, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { ledger, ledgerTexts } from '../engine/schema.ts';

/** Permanently erases the name and text of a person from the ledger; its chain stays intact. Returns the number of rows that contained any. */
export const eraseLedgerTexts = async (database: SqlDatabase, objectId: string): Promise<number> => {
  const theirs = database
    .select({ sequence: ledger.sequence })
    .from(ledger)
    .where(and(eq(ledger.actorKind, 'person'), eq(sql`lower(${ledger.actorId})`, objectId.toLowerCase())));
  const erased = await database
    .delete(ledgerTexts)
    .where(inArray(ledgerTexts.sequence, theirs))
    .returning({ sequence: ledgerTexts.sequence });
  return erased.length;
};
