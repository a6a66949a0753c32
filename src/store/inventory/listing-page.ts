import { byCodePoint } from '../../core/lists.ts';
import type { ListingFilter } from '../../core/inventory/listing-filter.ts';
import { alias, and, asc, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';
import { isFoundBy, listingCondition } from './listing-condition.ts';

type Page = { readonly offset: number; readonly limit: number };

/** The occasions on a page of a list, in its order, and how many the whole list has. */
type PageOfOccasions = { readonly occasions: readonly string[]; readonly total: number };

const few = 250;

/** The order of bytes, which no language of a database changes. */
export const idInOrder = sql`${listed.id} collate "C"`;

/**
 * A page of a list that is short. It is sorted here, because the database cannot know how many rows a text finds, and for a few it would go
 * through all of them in the order of the list. Undefined: the list is long.
 */
export const pageOfFew = async (
  database: SqlDatabase,
  filter: ListingFilter,
  { offset, limit }: Page,
): Promise<PageOfOccasions | undefined> => {
  const { id, occasion, expiresAt, needless } = listed;
  const found = await database
    .select({ id, occasion, expiresAt, needless })
    .from(listed)
    .where(listingCondition(filter))
    .limit(few + 1);
  if (found.length > few) return undefined;
  const sorted = found.sort(
    (a, b) => (a.expiresAt?.getTime() ?? Infinity) - (b.expiresAt?.getTime() ?? Infinity) || byCodePoint(a.id, b.id),
  );
  const occasions = [...Map.groupBy(sorted, (each) => each.occasion)]
    .filter(([, members]) => filter.kind !== 'needless' || members.every((each) => each.needless))
    .map(([each]) => each);
  return { occasions: occasions.slice(offset, offset + limit), total: occasions.length };
};

const other = alias(listed, 'other');

const another = (condition: SQL): SQL =>
  sql`exists (select from ${listed} as ${sql.identifier('other')} where ${other.occasion} = ${listed.occasion} and ${condition})`;

/** That an exemption is the first of those made together which are in the list. All are in it or none, unless a text finds only some. */
const isFirst = ({ text }: ListingFilter): SQL =>
  text === ''
    ? sql`${listed.leads}`
    : sql`not ${another(sql`${other.id} collate "C" < ${idInOrder} and ${isFoundBy(text, other)}`)}`;

/** The same, where all of them have to be needless. */
const isFirstOfNeedless = (filter: ListingFilter): SQL => {
  const isNeeded = another(sql`not ${other.needless} and ${isFoundBy(filter.text, other)}`);
  return sql`${listed.needless} and ${isFirst(filter)} and not ${isNeeded}`;
};

const leads = (filter: ListingFilter): SQL =>
  filter.kind === 'needless' ? isFirstOfNeedless(filter) : isFirst(filter);

const totalOf = async (database: SqlDatabase, filter: ListingFilter): Promise<number> => {
  const isInList = listingCondition(filter);
  const isSimple = filter.text === '' || filter.kind === 'needless';
  const [row] = isSimple
    ? await database
        .select({ total: sql<number>`count(*)::int` })
        .from(listed)
        .where(and(isInList, leads(filter)))
    : await database
        .select({ total: sql<number>`count(distinct ${listed.occasion})::int` })
        .from(listed)
        .where(isInList);
  return row?.total ?? 0;
};

/** A page of a list that is long: the database goes through it in its order, as far as the page. */
export const pageOfMany = async (
  database: SqlDatabase,
  filter: ListingFilter,
  { offset, limit }: Page,
): Promise<PageOfOccasions> => {
  const found = await database
    .select({ occasion: listed.occasion })
    .from(listed)
    .where(and(listingCondition(filter), leads(filter)))
    .orderBy(sql`${listed.expiresAt} asc nulls last`, asc(idInOrder))
    .offset(offset)
    .limit(limit);
  return { occasions: found.map(({ occasion }) => occasion), total: await totalOf(database, filter) };
};
