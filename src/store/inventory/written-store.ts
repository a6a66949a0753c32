import { normalId } from '../../core/tenant/arm-id.ts';
import type { Listing } from '../../core/inventory/listing.ts';
import type { WrittenStore } from '../../core/inventory/written-exemption.ts';
import { and, asc, eq, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed, seenExemptions as seen, writtenExemptions as written } from '../engine/schema.ts';
import { keepPortion, unlist } from './keep-listings.ts';
import { lockListings } from './lock-listings.ts';

const newMark = sql`gen_random_uuid()`;

const note = async (transaction: SqlDatabase, exemptionIds: readonly string[], at: Date): Promise<void> => {
  await transaction
    .insert(written)
    .values(exemptionIds.map((exemptionId) => ({ id: normalId(exemptionId), exemptionId, writtenAt: at })))
    .onConflictDoUpdate({ target: written.id, set: { writtenAt: at, mark: newMark } });
};

const list = (transaction: SqlDatabase, listing: Listing): Promise<void> =>
  keepPortion(transaction, [listing], sql`true`);

export const writtenStore = (database: SqlDatabase): WrittenStore => ({
  put: (listing, at) =>
    database.transaction(async (transaction) => {
      await lockListings(transaction);
      await list(transaction, listing);
      await note(transaction, [listing.exemption.id], at);
    }),
  erase: (exemptionIds, at) =>
    database.transaction(async (transaction) => {
      if (exemptionIds.length === 0) return;
      await lockListings(transaction);
      await unlist(transaction, exemptionIds.map(normalId));
      await note(transaction, exemptionIds, at);
    }),
  all: async (most) => {
    const { exemptionId, writtenAt, mark, id } = written;
    const rows = await database
      .select({ exemptionId, writtenAt, mark, listed: listed.digest })
      .from(written)
      .leftJoin(listed, eq(listed.id, id))
      .orderBy(asc(writtenAt), asc(id))
      .limit(most);
    return rows.map((row) => ({ ...row, listed: row.listed ?? undefined }));
  },
  settle: ({ exemptionId, mark }, now) =>
    database.transaction(async (transaction) => {
      await lockListings(transaction);
      const id = normalId(exemptionId);
      const [still] = await transaction
        .select({ id: written.id })
        .from(written)
        .where(and(eq(written.id, id), eq(written.mark, mark)));
      if (still === undefined) return false;
      await (now === undefined ? unlist(transaction, [id]) : list(transaction, now));
      return true;
    }),
  leave: async (those) => {
    if (those.length === 0) return;
    const marks = those.map(({ mark }) => mark);
    await database.transaction(async (transaction) => {
      await lockListings(transaction);
      await transaction.delete(written).where(
        and(
          sql`${written.mark} = any(${sql.param(marks)}::uuid[])`,
          sql`(exists (select from ${seen} where ${seen.id} = ${written.id})
              or not exists (select from ${listed} where ${listed.id} = ${written.id}))`,
        ),
      );
    });
  },
});
