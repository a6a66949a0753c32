import type { OwnerMatches, ResourceStandingsSource, ResourcesWanted } from '../../core/mirror/resource-standings.ts';
import { and, asc, count, eq, exists, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { mirrorBatches as batches, mirrorRows as rows } from '../engine/schema.ts';
import { scopeCondition } from '../engine/scope-condition.ts';
import { columns, isOwnersOf, isTagged, isTold, ofResources, waysOfOwning } from './resource-conditions.ts';

const texts = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;

/** The resources of the mirror, counted where they are kept: none of them is loaded. */
export const resourceStandings = (database: SqlDatabase): ResourceStandingsSource => {
  const inPlace = async ({
    sight,
    resources,
  }: Pick<ResourcesWanted, 'sight' | 'resources'>): Promise<SQL | undefined> => {
    const current = await database.select({ batch: batches.batch }).from(batches).where(eq(batches.part, 'resources'));
    return and(
      // Written out, so that the index of resources can be used.
      sql`${rows.part} = 'resources'`,
      sql`${rows.batch} = any(${texts(current.map(({ batch }) => batch))})`,
      scopeCondition(sight, columns),
      ...(resources === undefined ? [] : ofResources(resources)),
    );
  };

  const matchesOf = async (place: SQL | undefined, wanted: ResourcesWanted): Promise<OwnerMatches | undefined> => {
    const { owner } = wanted;
    if (owner === undefined) return undefined;
    const ways = waysOfOwning(wanted, owner);
    const those = (way: SQL) => sql`count(*) filter (where ${way})`;
    const hasSome = sql`(${rows.data} -> 'unhealthy' <> '[]'::jsonb or ${rows.data} -> 'exempt' <> '[]'::jsonb)`;
    const [found] = await database
      .select({
        tags: sql<unknown[]>`json_build_array(${sql.join(ways.tags.map(those), sql`, `)})`,
        governance: those(ways.governance).mapWith(Number),
        roles: those(ways.role).mapWith(Number),
      })
      .from(rows)
      .where(and(place, isTagged(wanted), hasSome));
    const counts = owner.tags.map((tag, at) => [tag, Number(found?.tags[at] ?? 0)] as const);
    const { governance = 0, roles = 0 } = found ?? {};
    return { tags: new Map(counts.filter(([, each]) => each > 0)), governance, roles };
  };

  return {
    standings: async (wanted) => {
      const place = await inPlace(wanted);
      const countOf = async (list: 'unhealthy' | 'exempt'): Promise<ReadonlyMap<string, number>> => {
        const found = await database
          .select({ key: sql<string>`each.key`, count: count() })
          .from(
            sql`${rows} cross join lateral jsonb_array_elements_text(${rows.data} -> ${sql.raw(`'${list}'`)}) as each(key)`,
          )
          .where(and(place, isTagged(wanted), isOwnersOf(wanted, sql`each.key`)))
          .groupBy(sql`each.key`);
        return new Map(found.map((row) => [row.key, row.count]));
      };
      const [unhealthy, exempt, [untold], matches] = await Promise.all([
        countOf('unhealthy'),
        countOf('exempt'),
        database
          .select({ count: count() })
          .from(rows)
          .where(and(place, sql`${isTold(wanted)} is not true`)),
        matchesOf(place, wanted),
      ]);
      return {
        rows: [...new Set([...unhealthy.keys(), ...exempt.keys()])].map((key) => ({
          key,
          unhealthy: unhealthy.get(key) ?? 0,
          exempted: exempt.get(key) ?? 0,
        })),
        untold: untold?.count ?? 0,
        matches,
      };
    },
    countTagged: async ({ sight, key, names, values }) => {
      const tags = sql`jsonb_each_text(case when ${rows.data} ? 'tags' then ${rows.data} -> 'tags' else '{}'::jsonb end)`;
      const isOne = sql`exists (select 1 from ${tags} as each(name, value) where each.name = any(${texts(names)}) and lower(each.value) = any(${texts(values)}))`;
      const [found] = await database
        .select({
          all: count(),
          tagged: sql`count(*) filter (where ${isOne})`.mapWith(Number),
          untold: sql`count(*) filter (where not ${rows.data} ? 'tags')`.mapWith(Number),
        })
        .from(rows)
        .where(and(await inPlace({ sight, resources: undefined }), sql`${rows.data} -> 'keys' ? ${key.toLowerCase()}`));
      return found ?? { all: 0, tagged: 0, untold: 0 };
    },
    standingIn: async (sight, keys) => {
      const place = await inPlace({ sight, resources: undefined });
      const standing = database
        .select({ one: sql`1` })
        .from(rows)
        .where(and(place, sql`(${rows.data} -> 'unhealthy' ? wanted.key or ${rows.data} -> 'exempt' ? wanted.key)`));
      const wanted = sql`unnest(${texts(keys.map((each) => each.toLowerCase()))}) as wanted(key)`;
      const found = await database
        .select({ key: sql<string>`wanted.key` })
        .from(wanted)
        .where(exists(standing));
      return found.map(({ key }) => key);
    },
    openAround: async (sight, key, most) => {
      const group = { scopeKey: rows.groupKey, subscriptionKey: rows.slice, groupKey: rows.groupKey };
      const place = and(
        await inPlace({ sight, resources: undefined }),
        sql`${rows.data} -> 'unhealthy' ? ${key.toLowerCase()}`,
      );
      // Of the spellings that Defender returns, one.
      const spelled = sql<string>`min(array_to_string((string_to_array(${rows.data} ->> 'id', '/'))[1:5], '/') collate "C")`;
      const [found, subscriptions] = await Promise.all([
        database
          .select({ id: spelled, found: sql`count(*) over ()`.mapWith(Number) })
          .from(rows)
          // Whoever may see a resource alone may not see its group.
          .where(and(place, sql`${rows.groupKey} is not null`, scopeCondition(sight, group)))
          .groupBy(rows.groupKey)
          .orderBy(sql`${rows.groupKey} collate "C"`)
          .limit(most),
        database.selectDistinct({ slice: rows.slice }).from(rows).where(place),
      ]);
      return {
        groups: found.map(({ id }) => id),
        moreGroups: (found[0]?.found ?? 0) - found.length,
        subscriptions: subscriptions.map(({ slice }) => slice),
      };
    },
    scopesWith: async (sight, key, scopes) => {
      const place = await inPlace({ sight, resources: undefined });
      const there = database
        .select({ one: sql`1` })
        .from(rows)
        .where(
          and(
            place,
            sql`${rows.groupKey} = array_to_string((string_to_array(wanted.scope, '/'))[1:5], '/')`,
            sql`(${rows.key} = wanted.scope or starts_with(${rows.key}, wanted.scope || '/'))`,
            sql`${rows.data} -> 'keys' ? ${key.toLowerCase()}`,
          ),
        );
      const found = await database
        .select({ scope: sql<string>`wanted.scope` })
        .from(sql`unnest(${texts(scopes)}) as wanted(scope)`)
        .where(exists(there));
      return found.map(({ scope }) => scope);
    },
    having: async (wanted, { key, status, skip, most }) => {
      const wantedKey = key.toLowerCase();
      const condition = and(
        await inPlace(wanted),
        isTagged(wanted),
        isOwnersOf(wanted, sql`${wantedKey}::text`),
        sql`${rows.data} -> ${sql.raw(`'${status}'`)} ? ${wantedKey}`,
      );
      const [[all], part] = await Promise.all([
        database.select({ count: count() }).from(rows).where(condition),
        database
          .select({ key: rows.key })
          .from(rows)
          .where(condition)
          .orderBy(asc(sql`${rows.key} collate "C"`))
          .offset(skip)
          .limit(most),
      ]);
      return { ids: part.map((row) => row.key), found: all?.count ?? 0 };
    },
  };
};
