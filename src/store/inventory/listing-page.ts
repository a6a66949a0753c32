import { byCodePoint } from '../../core/lists.ts';
import type { ListingPart, ListingFilter } from '../../core/inventory/listing-filter.ts';
import { alias, and, asc, count, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';
import { hasName, hasRecommendation, isFoundBy, listingCondition } from './listing-condition.ts';

const few = 250;

/** The order of bytes, which no language of a database changes. */
export const idInOrder = sql`${listed.id} collate "C"`;

/**
 * All occasions of a list that is short, in its order. It is sorted here, because the database cannot know how few rows a text finds, and
 * would look at all of them in the order of the list. Undefined: the list is long.
 */
const fewOccasions = async (database: SqlDatabase, filter: ListingFilter): Promise<string[] | undefined> => {
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
  return [...Map.groupBy(sorted, (each) => each.occasion)]
    .filter(([, members]) => filter.kind !== 'needless' || members.every((each) => each.needless))
    .map(([each]) => each);
};

const other = alias(listed, 'other');

const another = (condition: SQL): SQL =>
  sql`exists (select from ${listed} as ${sql.identifier('other')} where ${other.occasion} = ${listed.occasion} and ${condition})`;

/**
 * That an exemption is the first of those made together which are in the list. All are in it or none, unless a text finds only the names of
 * some: they all have the same recommendations.
 */
const isFirst = ({ text }: ListingFilter): SQL =>
  text === ''
    ? sql`${listed.leads}`
    : sql`(${listed.leads} or not ${hasRecommendation(text, listed)}
        and not ${another(sql`${other.id} collate "C" < ${idInOrder} and ${hasName(text, other)}`)})`;

/** The same, where all of them have to be needless. */
const isFirstOfNeedless = (filter: ListingFilter): SQL => {
  const isNeeded = another(sql`not ${other.needless} and ${isFoundBy(filter.text, other)}`);
  return sql`${listed.needless} and ${isFirst(filter)} and not ${isNeeded}`;
};

const leads = (filter: ListingFilter): SQL =>
  filter.kind === 'needless' ? isFirstOfNeedless(filter) : isFirst(filter);

/** The occasions on a page of a list that is long: the database goes through it in its order, as far as the page. */
const occasionsOfMany = async (
  database: SqlDatabase,
  filter: ListingFilter,
  { skip, most }: ListingPart,
): Promise<string[]> => {
  const found = await database
    .select({ occasion: listed.occasion })
    .from(listed)
    .where(and(listingCondition(filter), leads(filter)))
    .orderBy(sql`${listed.expiresAt} asc nulls last`, asc(idInOrder))
    .offset(skip)
    .limit(most);
  return found.map(({ occasion }) => occasion);
};

/** The occasions on a page of a list, in its order. */
export const occasionsOn = async (database: SqlDatabase, filter: ListingFilter, part: ListingPart): Promise<string[]> =>
  (await fewOccasions(database, filter))?.slice(part.skip, part.skip + part.most) ??
  (await occasionsOfMany(database, filter, part));

/** How many occasions a list has; counts no further than to `most`. */
export const countOccasions = async (database: SqlDatabase, filter: ListingFilter, most: number): Promise<number> => {
  const all = filter.text === '' ? undefined : await fewOccasions(database, filter);
  if (all !== undefined) return Math.min(all.length, most);
  const first = database
    .select({ id: listed.id })
    .from(listed)
    .where(and(listingCondition(filter), leads(filter)))
    .limit(most)
    .as('first');
  const [row] = await database.select({ found: count() }).from(first);
  return row?.found ?? 0;
};
