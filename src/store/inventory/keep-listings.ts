import { chunksOf, distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { recommendationSearch, type Listing } from '../../core/inventory/listing.ts';
import { and, eq, gt, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import {
  listedExemptions as listed,
  recommendationSets as sets,
  seenExemptions as seen,
  writtenExemptions as written,
} from '../engine/schema.ts';
import { listingColumns, givenOf } from './listing-row.ts';
import { lockListings } from './lock-listings.ts';
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

/** What the sweep has seen and no step wrote lately. */
const isForSweep = sql`${seen.id} is not null and not exists (select from ${written} where ${written.id} = given.id)`;

/** Replaces what was kept of the wanted ones. Call it in a transaction that has locked the listings. */
export const keepPortion = async (database: SqlDatabase, portion: readonly Listing[], isWanted: SQL): Promise<void> => {
  await keepSets(database, portion);
  const { names, types, replaced } = listingColumns;
  const given = portion.map(givenOf);
  const before = await occasionsOf(
    database,
    given.map(({ id }) => id),
  );
  // One parameter for any number of rows: building a long parameter list takes longer than the statement. Most exemptions are alone.
  await database.execute(sql`
    insert into ${listed} (${names}, needless, leads)
    select ${names}, needless, true from (
      select given.*, coalesce(${seen.needless}, false) as needless
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${types})
      left join ${seen} on ${seen.id} = given.id
      where ${isWanted} order by given.id) as known
    on conflict (id) do update set ${replaced}`);
  await settleLeads(database, [...before, ...given.map(({ occasion }) => occasion)]);
};

const distinct = (listings: readonly Listing[]): Listing[] =>
  distinctBy(listings, ({ exemption }) => normalId(exemption.id));

/** Each portion is a transaction of its own: the sweep keeps the rest if it is repeated. */
export const keepListings = async (database: SqlDatabase, listings: readonly Listing[]): Promise<void> => {
  for (const portion of chunksOf(distinct(listings), rowsPerStatement))
    await database.transaction(async (transaction) => {
      await lockListings(transaction);
      await keepPortion(transaction, portion, isForSweep);
    });
};

const isAny = (ids: readonly string[]): SQL => sql`${listed.id} = any(${sql.param(ids)}::text[])`;

/** Removes some from lists, as far as the condition holds. Call it in a transaction that has locked the listings. */
export const unlist = async (
  transaction: SqlDatabase,
  ids: readonly string[],
  condition = sql`true`,
): Promise<void> => {
  const occasions = await occasionsOf(transaction, ids);
  await transaction.delete(listed).where(and(isAny(ids), condition));
  await settleLeads(transaction, occasions);
};

/** Removes what was gone then, except what a step wrote after that; undefined: lately. Call it in a transaction. */
export const forgetListings = async (
  transaction: SqlDatabase,
  ids: readonly string[],
  goneAt: Date | undefined,
): Promise<void> => {
  const isLater = goneAt === undefined ? sql`true` : gt(written.writtenAt, goneAt);
  await lockListings(transaction);
  await unlist(
    transaction,
    ids,
    sql`not exists (select from ${written} where ${written.id} = ${listed.id} and ${isLater})`,
  );
};

/** Removes what is not among them, and replaces what is shown otherwise now. Call it in a transaction. */
export const keepThoseOfDefender = async (transaction: SqlDatabase, listings: readonly Listing[]): Promise<void> => {
  await lockListings(transaction);
  const { id, digest } = listed;
  const before = await transaction.select({ id, digest }).from(listed).where(eq(listed.madeIn, 'defender'));
  const now = new Map(distinct(listings).map((listing) => [normalId(listing.exemption.id), listing]));
  const gone = before.flatMap((row) => (now.has(row.id) ? [] : [row.id]));
  const known = new Set(before.map((row) => `${row.id} ${row.digest}`));
  const others = [...now].flatMap(([key, listing]) => (known.has(`${key} ${listing.digest}`) ? [] : [listing]));
  if (gone.length > 0) await unlist(transaction, gone);
  for (const portion of chunksOf(others, rowsPerStatement)) await keepPortion(transaction, portion, sql`true`);
};
