import type { KeptResource, ResourceQuestion, ResourceSearch, ResourceWord } from '../../core/mirror/kept-resource.ts';
import type { ScopeFilter } from '../../core/tenant/scope-filter.ts';
import { byCodePoint } from '../../core/lists.ts';
import { and, asc, eq, exists, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { mirrorBatches as batches, mirrorRows as rows } from '../engine/schema.ts';
import { scopeCondition } from '../engine/scope-condition.ts';

/** So many are sorted here: the database cannot know how few a text finds, and would go through all in their order. */
const few = 250;

const isFound = ({ text, subscriptions }: ResourceWord): SQL =>
  subscriptions.length === 0
    ? sql`strpos(${rows.search}, ${text}) > 0`
    : sql`(strpos(${rows.search}, ${text}) > 0 or ${rows.slice} = any(${sql.param(subscriptions)}::text[]))`;

/** The groups there are, the next one looked up in the index each time: a tenant has far fewer groups than resources. */
const everyGroup = sql`(
  with recursive found(name) as (
    (select group_key from ${rows} where part = 'resources' and group_key is not null order by group_key limit 1)
    union all
    select (select group_key from ${rows} where part = 'resources' and group_key > found.name order by group_key limit 1)
    from found where found.name is not null
  )
  select name from found where name is not null
) as every_group`;

const subscriptionOfGroup = sql`split_part(every_group.name, '/resourcegroups/', 1)`;

/** A group can be in sight only in one of these subscriptions, so that the resources of the others need not be looked at. */
const maySee = ({ shown: { everything, subscriptions, narrower, exact } }: ScopeFilter): SQL | undefined => {
  const around = [...narrower, ...exact].map((scope) => scope.split('/').slice(0, 3).join('/'));
  const all = [...new Set([...subscriptions, ...around])];
  return everything ? undefined : sql`${subscriptionOfGroup} = any(${sql.param(all)}::text[])`;
};

const isInNameOfGroup = ({ text, subscriptions, whole }: ResourceWord): SQL => {
  const name = sql`split_part(every_group.name, '/', 5)`;
  const inName = whole === true ? sql`${name} = ${text}` : sql`strpos(${name}, ${text}) > 0`;
  return subscriptions.length === 0
    ? inName
    : sql`(${inName} or ${subscriptionOfGroup} = any(${sql.param(subscriptions)}::text[]))`;
};

const conditionOf = (current: readonly string[], { sight, words, key }: ResourceQuestion): SQL | undefined =>
  and(
    // Written out, so that the index of resources can be used.
    sql`${rows.part} = 'resources'`,
    // A join would let the planner believe that a few rows are left, and look each up.
    sql`${rows.batch} = any(${sql.param(current)}::text[])`,
    // A row is kept under its normal id, in the slice of its subscription.
    scopeCondition(sight, { scopeKey: rows.key, subscriptionKey: rows.slice, groupKey: rows.groupKey }),
    ...words.map(isFound),
    key === undefined ? undefined : sql`${rows.data} -> 'keys' ? ${key}`,
  );

/** The resources of the mirror, searched where they are kept: only a few of them are ever loaded. */
export const resourceSearch = (database: SqlDatabase): ResourceSearch => {
  const those = (condition: SQL | undefined) =>
    database.select({ key: rows.key, data: rows.data }).from(rows).where(condition);
  const completed = async (): Promise<string[]> => {
    const found = await database.select({ batch: batches.batch }).from(batches).where(eq(batches.part, 'resources'));
    return found.map(({ batch }) => batch);
  };

  return {
    groups: async (question) => {
      // What is typed is looked for in the names of groups; that somebody may see one is known by its resources.
      const condition = conditionOf(await completed(), { ...question, words: [] });
      const inIt = database
        .select({ one: sql`1` })
        .from(rows)
        .where(and(condition, sql`${rows.groupKey} = every_group.name`));
      const found = await database
        .select({ key: sql<string>`every_group.name` })
        .from(everyGroup)
        .where(and(maySee(question.sight), ...question.words.map(isInNameOfGroup), exists(inIt)))
        .orderBy(sql`every_group.name collate "C"`)
        .limit(question.most);
      const keys = found.map(({ key }) => key);
      // Only of these it is looked up how they are written: of the spellings that Defender returns, one.
      const spelled = await database
        .select({
          id: sql<string>`min(array_to_string((string_to_array(${rows.data} ->> 'id', '/'))[1:5], '/') collate "C")`,
        })
        .from(rows)
        .where(and(condition, sql`${rows.groupKey} = any(${sql.param(keys)}::text[])`))
        .groupBy(rows.groupKey)
        .orderBy(sql`${rows.groupKey} collate "C"`);
      return spelled.map(({ id }) => id);
    },
    find: async (question) => {
      const { most } = question;
      const condition = conditionOf(await completed(), question);
      const begins = (search: string): boolean => search.startsWith(question.words[0]?.text ?? '');
      const found = await those(condition).limit(few + 1);
      const resources = found.map(({ key, data }) => ({ key, resource: data as KeptResource }));
      if (resources.length <= few)
        return resources
          .toSorted(
            (a, b) =>
              Number(begins(b.resource.search)) - Number(begins(a.resource.search)) || byCodePoint(a.key, b.key),
          )
          .slice(0, most)
          .map(({ resource }) => resource);
      const inOrder = (more: SQL) =>
        those(and(condition, more))
          .orderBy(asc(sql`${rows.key} collate "C"`))
          .limit(most);
      const isFirst = sql`starts_with(${rows.search}, ${question.words[0]?.text ?? ''})`;
      const first = await inOrder(isFirst);
      const others = first.length < most ? await inOrder(sql`not ${isFirst}`) : [];
      return [...first, ...others].slice(0, most).map(({ data }) => data as KeptResource);
    },
  };
};
