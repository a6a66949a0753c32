import { byCodePoint } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { ListingFilter, ListingKind, ListingPart } from '../../core/inventory/listing-filter.ts';
import { alias, and, asc, count, desc, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';
import { hasName, hasRecommendation, isFoundBy, listingCondition } from './listing-condition.ts';

const few = 250;

/** The order of bytes, which no language of a database changes. */
export const idInOrder = sql`${listed.id} collate "C"`;

type InOrder = Pick<typeof listed.$inferSelect, 'id' | 'occasion' | 'expiresAt'>;

type Sortable = Omit<InOrder, 'occasion'>;

const hasEnded = ({ expiresAt }: Sortable, now: Date): boolean => expiresAt !== null && expiresAt <= now;

/** What stands first, the soonest end first; what has ended comes after it, the last end first. */
const inOrder =
  ({ now }: ListingFilter) =>
  (a: Sortable, b: Sortable): number => {
    const [isOver, otherIsOver] = [hasEnded(a, now), hasEnded(b, now)];
    if (isOver !== otherIsOver) return isOver ? 1 : -1;
    const [end, other] = [a.expiresAt?.getTime() ?? Infinity, b.expiresAt?.getTime() ?? Infinity];
    if (end === other) return byCodePoint(a.id, b.id);
    return isOver ? other - end : end - other;
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
  const sorted = found.sort(inOrder(filter));
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

type Place = NonNullable<ListingPart['after']>['exemption'];

/** A part of the order of a list that the database finds by its index, in which every exemption has one place. */
type Stretch = {
  readonly condition: (now: SQL) => SQL;
  readonly order: readonly SQL[];
  /** That an exemption stands in it after another one of it. */
  readonly follows: (place: Place) => SQL;
};

const endOf = ({ expiresAt }: Place): SQL => sql`${expiresAt?.toISOString()}::timestamptz`;

/** What ends, the soonest end first; what never ends; what has ended, the last end first. Those made together end together, so the first by its id stands for all. */
const stretches = {
  ending: {
    condition: (now) => sql`${listed.expiresAt} > ${now}`,
    order: [asc(listed.expiresAt), asc(idInOrder)],
    follows: (place) =>
      sql`(${listed.expiresAt}, ${idInOrder}) > (${endOf(place)}, ${normalId(place.id)}::text collate "C")`,
  },
  endless: {
    condition: () => sql`${listed.expiresAt} is null`,
    order: [asc(idInOrder)],
    follows: ({ id }) => sql`${idInOrder} > ${normalId(id)}`,
  },
  ended: {
    condition: (now) => sql`${listed.expiresAt} <= ${now}`,
    order: [desc(listed.expiresAt), asc(idInOrder)],
    follows: (place) =>
      sql`(${listed.expiresAt} < ${endOf(place)} or (${listed.expiresAt} = ${endOf(place)} and ${idInOrder} > ${normalId(place.id)}))`,
  },
} as const satisfies Readonly<Record<string, Stretch>>;
type StretchName = keyof typeof stretches;

const inTurn: readonly StretchName[] = ['ending', 'endless', 'ended'];

/** The kinds of which all stand in one stretch. */
const onlyIn: Readonly<Partial<Record<ListingKind, StretchName>>> = {
  active: 'ending',
  expiring: 'ending',
  'never-expires': 'endless',
  expired: 'ended',
};

const stretchOf = ({ expiresAt }: Place, now: Date): StretchName => {
  if (expiresAt === undefined) return 'endless';
  return expiresAt <= now ? 'ended' : 'ending';
};

/** The occasions on a page of a list that is long: the database goes through it in its order, as far as the page. */
const occasionsOfMany = async (
  database: SqlDatabase,
  filter: ListingFilter,
  { skip = 0, most, after }: ListingPart,
): Promise<string[]> => {
  const now = sql`${filter.now.toISOString()}::timestamptz`;
  const place = after?.exemption;
  const from = place === undefined ? 0 : inTurn.indexOf(stretchOf(place, filter.now));
  const only = onlyIn[filter.kind];
  const occasions: string[] = [];
  let left = skip;
  for (const [at, name] of inTurn.entries()) {
    if (at < from || (only !== undefined && name !== only)) continue;
    const { condition, order, follows }: Stretch = stretches[name];
    const beyond = place !== undefined && at === from ? follows(place) : undefined;
    const isIn = and(listingCondition(filter), leads(filter), condition(now), beyond);
    const found = await database
      .select({ occasion: listed.occasion })
      .from(listed)
      .where(isIn)
      .orderBy(...order)
      .offset(left)
      .limit(most - occasions.length);
    occasions.push(...found.map(({ occasion }) => occasion));
    if (occasions.length === most) break;
    // All of it was skipped, so it has no more rows than that.
    if (found.length === 0 && left > 0)
      left -= (await database.select({ found: count() }).from(listed).where(isIn))[0]?.found ?? 0;
    else left = 0;
  }
  return occasions;
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
  const rest = from === undefined ? all : all.filter((each) => inOrder(filter)(each, from) > 0);
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
