import { byCodePoint } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { ListingPart, ListingFilter } from '../../core/inventory/listing-filter.ts';
import { alias, and, asc, count, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';
import { hasName, hasRecommendation, isFoundBy, listingCondition } from './listing-condition.ts';

const few = 250;

/** The order of bytes, which no language of a database changes. */
export const idInOrder = sql`${listed.id} collate "C"`;

type InOrder = Pick<typeof listed.$inferSelect, 'id' | 'occasion' | 'expiresAt'>;

const soonestFirst = (a: Omit<InOrder, 'occasion'>, b: Omit<InOrder, 'occasion'>): number => {
  const [end, other] = [a.expiresAt?.getTime() ?? Infinity, b.expiresAt?.getTime() ?? Infinity];
  return end === other ? byCodePoint(a.id, b.id) : end - other;
};

/**
 * All occasions of a list that is short, in its order. It is sorted here, because the database cannot know how few rows a text finds, and
 * would look at all of them in the order of the list. Undefined: the list is long.
 */
const fewOccasions = async (database: SqlDatabase, filter: ListingFilter): Promise<InOrder[] | undefined> => {
  const { id, occasion, expiresAt, needless } = listed;
  const found = await database
    .select({ id, occasion, expiresAt, needless })
    .from(listed)
    .where(listingCondition(filter))
    .limit(few + 1);
  if (found.length > few) return undefined;
  const sorted = found.sort(soonestFirst);
  return [...Map.groupBy(sorted, (each) => each.occasion)]
    .filter(([, members]) => filter.kind !== 'needless' || members.every((each) => each.needless))
    .flatMap(([, [first]]) => first ?? []);
};

const other = alias(listed, 'other');

const another = (condition: SQL): SQL =>
  sql`exists (select from ${listed} as ${sql.identifier('other')} where ${other.occasion} = ${listed.occasion} and ${condition})`;

/**
 * That an exemption is the first of those made together which are in the list. All are in it or none, unless a text finds only the names of
 * some: they all have the same recommendations.
 */
const isFirst = (filter: ListingFilter): SQL =>
  filter.text === ''
    ? sql`${listed.leads}`
    : sql`(${listed.leads} or not ${hasRecommendation(filter, listed)}
        and not ${another(sql`${other.id} collate "C" < ${idInOrder} and ${hasName(filter, other)}`)})`;

/** The same, where all of them have to be needless. */
const isFirstOfNeedless = (filter: ListingFilter): SQL => {
  const isNeeded = another(sql`not ${other.needless} and ${isFoundBy(filter, other)}`);
  return sql`${listed.needless} and ${isFirst(filter)} and not ${isNeeded}`;
};

const leads = (filter: ListingFilter): SQL =>
  filter.kind === 'needless' ? isFirstOfNeedless(filter) : isFirst(filter);

/** That an exemption stands after another one in the order of a list. */
const follows = ({ exemption: { id, expiresAt } }: NonNullable<ListingPart['after']>): SQL => {
  const isLater = sql`${idInOrder} > ${normalId(id)}`;
  if (expiresAt === undefined) return sql`(${listed.expiresAt} is null and ${isLater})`;
  const end = sql`${expiresAt.toISOString()}::timestamptz`;
  return sql`(${listed.expiresAt} > ${end} or ${listed.expiresAt} is null or (${listed.expiresAt} = ${end} and ${isLater}))`;
};

/** The occasions on a page of a list that is long: the database goes through it in its order, as far as the page. */
const occasionsOfMany = async (
  database: SqlDatabase,
  filter: ListingFilter,
  { skip = 0, most, after }: ListingPart,
): Promise<string[]> => {
  const found = await database
    .select({ occasion: listed.occasion })
    .from(listed)
    .where(and(listingCondition(filter), leads(filter), after === undefined ? undefined : follows(after)))
    .orderBy(sql`${listed.expiresAt} asc nulls last`, asc(idInOrder))
    .offset(skip)
    .limit(most);
  return found.map(({ occasion }) => occasion);
};

/** The occasions on a page of a list, in its order. */
export const occasionsOn = async (
  database: SqlDatabase,
  filter: ListingFilter,
  part: ListingPart,
): Promise<string[]> => {
  const all = await fewOccasions(database, filter);
  if (all === undefined) return occasionsOfMany(database, filter, part);
  const { skip = 0, most, after } = part;
  const from = after && { id: normalId(after.exemption.id), expiresAt: after.exemption.expiresAt ?? null };
  const rest = from === undefined ? all : all.filter((each) => soonestFirst(each, from) > 0);
  return rest.slice(skip, skip + most).map(({ occasion }) => occasion);
};

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
