import { sql, type SqlDatabase } from '../engine/drizzle.ts';

/** An arbitrary number that no other part of the database locks. */
const listingsLock = 7_213_004;

/**
 * Lets one transaction at a time change what lists show: which exemption leads those made together depends on all of them. Whoever writes to the
 * ledger does so before.
 */
export const lockListings = async (transaction: SqlDatabase): Promise<void> => {
  await transaction.execute(sql`select pg_advisory_xact_lock(${listingsLock})`);
};
