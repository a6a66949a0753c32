import { chunksOf, distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { recommendationSearch, type Listing } from '../../core/inventory/listing.ts';
import type { ListingStore } from '../../core/inventory/listing-filter.ts';
import { and, asc, eq, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed, recommendationSets as sets, seenExemptions as seen } from '../engine/schema.ts';
import { isFoundBy } from './listing-condition.ts';
import { countOccasions, idInOrder, occasionsOn } from './listing-page.ts';
import { givenColumns, givenOf, keptRowsOf } from './listing-row.ts';
import { occasionsOf, settleLeads } from './settle-leads.ts';

const rowsPerStatement = 500;

const keepSets = async (database: SqlDatabase, portion: readonly Listing[]): Promise<void> => {
  const recommendations = distinctBy(
    portion.map((each) => each.recommendations),
    ({ id }) => id,
  );
  await database
    .insert(sets)
    .values(recommendations.map((set) => ({ ...set, search: recommendationSearch(set) })))
    .onConflictDoNothing();
};

const keepPortion = async (database: SqlDatabase, portion: readonly Listing[]): Promise<void> => {
  await keepSets(database, portion);
  const { names, types, replaced } = givenColumns;
  const given = portion.map(givenOf);
  const before = await occasionsOf(
    database,
    given.map(({ id }) => id),
  );
  // One parameter for any number of rows: building a long parameter list takes longer than the statement. Most exemptions are alone.
  await database.execute(sql`
    insert into ${listed} (${names}, needless, leads)
    select ${names}, needless, true from (
      select given.*, ${seen.needless} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${types})
      join ${seen} on ${seen.id} = given.id order by given.id) as known
    on conflict (id) do update set ${replaced}`);
  await settleLeads(database, [...before, ...given.map(({ occasion }) => occasion)]);
};

export const listingStore = (database: SqlDatabase): ListingStore => ({
  keep: async (listings) => {
    const each = distinctBy(listings, ({ exemption }) => normalId(exemption.id));
    for (const portion of chunksOf(each, rowsPerStatement))
      await database.transaction((transaction) => keepPortion(transaction, portion));
  },
  tidy: async () => {
    await database
      .delete(sets)
      .where(sql`not exists (select from ${listed} where ${listed.recommendations} = ${sets.id})`);
  },
  page: async (filter, part) => {
    const occasions = await occasionsOn(database, filter, part);
    const members = await database
      .select({ row: listed, exemption: seen.exemption, recommendations: sets.recommendations })
      .from(listed)
      .innerJoin(seen, eq(seen.id, listed.id))
      .innerJoin(sets, eq(sets.id, listed.recommendations))
      .where(and(sql`${listed.occasion} = any(${sql.param(occasions)}::uuid[])`, isFoundBy(filter.text, listed)))
      .orderBy(asc(idInOrder));
    return keptRowsOf(occasions, members);
  },
  count: (filter, most) => countOccasions(database, filter, most),
});
