import { normalId } from '../../core/tenant/arm-id.ts';
import { and, asc, eq, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import type { ListingStore } from '../../core/inventory/listing-filter.ts';
import { listedExemptions as listed, recommendationSets as sets, sweepState } from '../engine/schema.ts';
import { exemptingListings } from './exempting-listings.ts';
import { forgetListings, keepListings, keepThoseOfDefender } from './keep-listings.ts';
import { isFoundBy } from './listing-condition.ts';
import { countOccasions, idInOrder, occasionsOn } from './listing-page.ts';
import { keptRowsOf } from './listing-row.ts';
import { lockListings } from './lock-listings.ts';
import { occasionsOf } from './settle-leads.ts';
import { countKinds, tallyListings } from './tally-listings.ts';

/** A shorter one would stand for several. */
const shortestToken = 24;

const noteRead = async (
  database: SqlDatabase,
  row: Partial<Pick<typeof sweepState.$inferInsert, 'listedPolicyAt' | 'listedDefenderAt'>>,
): Promise<void> => {
  await database
    .insert(sweepState)
    .values({ only: true, ...row })
    .onConflictDoUpdate({ target: sweepState.only, set: row });
};

const membersOf = (database: SqlDatabase, occasions: readonly string[], condition?: SQL) =>
  database
    .select({ row: listed, recommendations: sets.recommendations })
    .from(listed)
    .innerJoin(sets, eq(sets.id, listed.recommendations))
    .where(and(sql`${listed.occasion} = any(${sql.param(occasions)}::uuid[])`, condition))
    .orderBy(asc(idInOrder));

export const listingStore = (database: SqlDatabase): ListingStore => ({
  keep: (listings) => keepListings(database, listings),
  forget: (exemptionIds, goneAt) =>
    database.transaction((transaction) => forgetListings(transaction, exemptionIds.map(normalId), goneAt)),
  noteRead: (at) => noteRead(database, { listedPolicyAt: at }),
  noteReadOfDefender: (at) => noteRead(database, { listedDefenderAt: at }),
  keepThoseOfDefender: (listings, at) =>
    database.transaction(async (transaction) => {
      await keepThoseOfDefender(transaction, listings);
      await noteRead(transaction, { listedDefenderAt: at });
    }),
  readAt: async () => {
    const [row] = await database.select().from(sweepState);
    return { policy: row?.listedPolicyAt ?? undefined, defender: row?.listedDefenderAt ?? undefined };
  },
  tidy: async () => {
    await database.transaction(async (transaction) => {
      await lockListings(transaction);
      await transaction
        .delete(sets)
        .where(sql`not exists (select from ${listed} where ${listed.recommendations} = ${sets.id})`);
    });
  },
  page: async (filter, part) => {
    const occasions = await occasionsOn(database, filter, part);
    return keptRowsOf(occasions, await membersOf(database, occasions, isFoundBy(filter, listed)));
  },
  find: async (id) => {
    const occasions = await occasionsOf(database, [normalId(id)]);
    const [found] = keptRowsOf(occasions, await membersOf(database, occasions));
    return found;
  },
  idBehind: async (token) => {
    // As `choiceTokens` makes it. It is asked for by one press, and takes as long as a search by a text.
    const [row] = await database
      .select({ id: listed.id })
      .from(listed)
      .where(sql`left(encode(sha256(convert_to(${listed.id}, 'UTF8')), 'hex'), ${token.length}::int) = ${token}`)
      .limit(1);
    return token.length < shortestToken ? undefined : row?.id;
  },
  exempting: (key, scopes, now) => exemptingListings(database, key, scopes, now),
  countKinds: (filter, most) => countKinds(database, filter, most),
  tally: (filter) => tallyListings(database, filter),
  count: (filter, most) => countOccasions(database, filter, most),
});
