import type { ListingFilter } from '../../core/inventory/listing-filter.ts';
import { inAll, summedUp, type ListingCounts, type ListingTally } from '../../core/inventory/listing-tally.ts';
import { severities } from '../../core/tenant/severity.ts';
import { and, isNotNull, isNull, sql, type AnyColumn, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed, recommendationSets as sets } from '../engine/schema.ts';
import { isAt, listingCondition } from './listing-condition.ts';

type Asked = Omit<ListingFilter, 'kind' | 'text' | 'isWhole'>;

const counted = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;

/** The numbers of those in each state. */
const inStates = (filter: Asked) => {
  const is = isAt(filter);
  return {
    active: counted(is.active),
    expiring: counted(is.expiring),
    expired: counted(is.expired),
    'never-expires': counted(is['never-expires']),
    orphaned: counted(is.orphaned),
  };
};

/** The numbers of each kind, over the first `most` rows; undefined where there are as many. */
export const countKinds = async (
  database: SqlDatabase,
  filter: Asked,
  most: number,
): Promise<ListingCounts | undefined> => {
  const is = isAt(filter);
  const { active, expiring, expired, orphaned, outside, 'never-expires': neverExpires } = is;
  const condition = listingCondition({ ...filter, kind: 'all', text: '', isWhole: false });
  const rows = database.$with('rows').as(
    database
      .select({
        active: sql<boolean>`${active}`.as('active'),
        expiring: sql<boolean>`${expiring}`.as('expiring'),
        expired: sql<boolean>`${expired}`.as('expired'),
        neverExpires: sql<boolean>`${neverExpires}`.as('never_expires'),
        orphaned: sql<boolean>`${orphaned}`.as('orphaned'),
        outside: sql<boolean>`${outside}`.as('outside'),
      })
      .from(listed)
      .where(and(condition, sql`${listed.leads}`))
      .limit(most),
  );
  const [counts] = await database
    .with(rows)
    .select({
      active: counted(sql`${rows.active}`),
      expiring: counted(sql`${rows.expiring}`),
      expired: counted(sql`${rows.expired}`),
      'never-expires': counted(sql`${rows.neverExpires}`),
      orphaned: counted(sql`${rows.orphaned}`),
      outside: counted(sql`${rows.outside}`),
    })
    .from(rows);
  return counts === undefined || inAll(counts) >= most ? undefined : counts;
};

/** How bad the worst recommendation of each set is. `offset 0` keeps the planner from working it out for each exemption. */
const ranked = sql`(
  select ${sets.id} as id, (
    select min(array_position(${sql.param(severities)}::text[], each ->> 'severity'))
    from jsonb_array_elements(${sets.recommendations}) as each) as rank
  from ${sets} offset 0) as ranked`;
const rank = sql<number | null>`ranked.rank`;

/** The numbers of what meets a condition, by place and by severity, in one walk through its rows. */
const tallyBy = async (
  database: SqlDatabase,
  filter: Asked,
  { place, isThere }: { readonly place: AnyColumn; readonly isThere: SQL },
): Promise<ListingTally> => {
  const condition = listingCondition({ ...filter, kind: 'all', text: '', isWhole: false });
  const rows = await database
    .select({
      place: sql<string>`${place}`,
      rank,
      isOfPlace: sql<boolean>`grouping(ranked.rank) = 1`,
      ...inStates(filter),
      outside: counted(isAt(filter).outside),
    })
    .from(listed)
    .innerJoin(ranked, sql`ranked.id = ${listed.recommendations}`)
    .where(and(isThere, condition, sql`${listed.leads}`))
    .groupBy(sql`grouping sets ((${place}), (${rank}))`);
  const [places, ranks] = [true, false].map((wanted) => rows.filter(({ isOfPlace }) => isOfPlace === wanted));
  return {
    byPlace: new Map((places ?? []).map(({ place: at, rank: _, isOfPlace: __, ...counts }) => [at, counts])),
    bySeverity: new Map(
      (ranks ?? []).map(({ place: _, rank: at, isOfPlace: __, ...counts }) => [
        at === null ? undefined : severities[at - 1],
        counts,
      ]),
    ),
  };
};

/**
 * The numbers of a list, by place and by severity. Those in subscriptions and the others are counted apart, because the planner knows how many
 * subscriptions there are, and otherwise sorts all rows on disk.
 */
export const tallyListings = async (database: SqlDatabase, filter: Asked): Promise<ListingTally> => {
  const tallies = await Promise.all([
    tallyBy(database, filter, { place: listed.subscriptionKey, isThere: isNotNull(listed.subscriptionKey) }),
    tallyBy(database, filter, { place: listed.scopeKey, isThere: isNull(listed.subscriptionKey) }),
  ]);
  const bySeverity = Map.groupBy(
    tallies.flatMap((tally) => [...tally.bySeverity]),
    ([severity]) => severity,
  );
  return {
    byPlace: new Map(tallies.flatMap((tally) => [...tally.byPlace])),
    bySeverity: new Map(
      [...bySeverity].map(([severity, all]) => [severity, summedUp(all.map(([, counts]) => counts))]),
    ),
  };
};
