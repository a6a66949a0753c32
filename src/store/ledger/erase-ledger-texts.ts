import { and, eq, inArray, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { ledger, ledgerTexts } from '../engine/schema.ts';

/** Erases somebody's name and words from the ledger for good; its chain stays whole. How many rows held any. */
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
