import type { ResourceStandingsSource, ResourcesWanted } from '../../core/mirror/resource-standings.ts';
import type { ResourceFilter } from '../../core/tenant/resource-filter.ts';
import type { TagWanted } from '../../core/tenant/tag-filter.ts';
import { and, count, eq, exists, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { mirrorBatches as batches, mirrorRows as rows } from '../engine/schema.ts';
import { scopeCondition } from '../engine/scope-condition.ts';

const texts = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;

/** A text in which `*` stands for any characters, as a pattern of LIKE. */
const patternOf = (text: string): string => text.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');

const columns = { scopeKey: rows.key, subscriptionKey: rows.slice, groupKey: rows.groupKey };

const ofResources = ({ types, group }: ResourceFilter): SQL[] => {
  const type = sql`lower(${rows.data} ->> 'type')`;
  const [whole, last] = [types.filter((each) => each.includes('/')), types.filter((each) => !each.includes('/'))];
  return [
    ...(types.length === 0
      ? []
      : [sql`(${type} = any(${texts(whole)}) or regexp_replace(${type}, '^.*/', '') = any(${texts(last)}))`]),
    ...(group === '' ? [] : [sql`split_part(${rows.groupKey}, '/', 5) like ${patternOf(group)}`]),
  ];
};

const hasTag = ({ name, value }: TagWanted): SQL =>
  value === undefined
    ? sql`${rows.data} -> 'tags' ? ${name}`
    : sql`lower(${rows.data} -> 'tags' ->> ${name}) like ${patternOf(value)}`;

/** Whether the tags of a row are known here and to the person. */
const isTold = ({ tagSight }: ResourcesWanted): SQL =>
  sql`(${rows.data} ? 'tags' and ${scopeCondition(tagSight, columns)})`;

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
  const isMeant = (wanted: ResourcesWanted): SQL | undefined =>
    wanted.tag === undefined ? undefined : and(isTold(wanted), hasTag(wanted.tag));

  return {
    standings: async (wanted) => {
      const place = await inPlace(wanted);
      const countOf = async (list: 'unhealthy' | 'exempt'): Promise<ReadonlyMap<string, number>> => {
        const each = database
          .select({ key: sql<string>`jsonb_array_elements_text(${rows.data} -> ${sql.raw(`'${list}'`)})`.as('one') })
          .from(rows)
          .where(and(place, isMeant(wanted)))
          .as('each');
        const found = await database.select({ key: each.key, count: count() }).from(each).groupBy(each.key);
        return new Map(found.map((row) => [row.key, row.count]));
      };
      const [unhealthy, exempt, [untold]] = await Promise.all([
        countOf('unhealthy'),
        countOf('exempt'),
        database
          .select({ count: count() })
          .from(rows)
          .where(and(place, sql`not ${isTold(wanted)}`)),
      ]);
      return {
        rows: [...new Set([...unhealthy.keys(), ...exempt.keys()])].map((key) => ({
          key,
          unhealthy: unhealthy.get(key) ?? 0,
          exempted: exempt.get(key) ?? 0,
        })),
        untold: untold?.count ?? 0,
      };
    },
    countTagged: async ({ sight, key, names, values }) => {
      const tags = sql`jsonb_each_text(case when ${rows.data} ? 'tags' then ${rows.data} -> 'tags' else '{}'::jsonb end)`;
      const isTagged = sql`exists (select 1 from ${tags} as each(name, value) where each.name = any(${texts(names)}) and lower(each.value) = any(${texts(values)}))`;
      const [found] = await database
        .select({
          all: count(),
          tagged: sql`count(*) filter (where ${isTagged})`.mapWith(Number),
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
    having: async (wanted, key) => {
      const found = await database
        .select({ key: rows.key })
        .from(rows)
        .where(and(await inPlace(wanted), isMeant(wanted), sql`${rows.data} -> 'keys' ? ${key.toLowerCase()}`));
      return found.map((row) => row.key);
    },
  };
};
