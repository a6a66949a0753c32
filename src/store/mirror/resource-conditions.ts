import type { OwnerWanted, ResourcesWanted } from '../../core/mirror/resource-standings.ts';
import type { ResourceFilter } from '../../core/tenant/resource-filter.ts';
import type { TagWanted } from '../../core/tenant/tag-filter.ts';
import { and, or, sql, type SQL } from '../engine/drizzle.ts';
import { mirrorRows as rows } from '../engine/schema.ts';
import { scopeCondition, scopeReached } from '../engine/scope-condition.ts';

const texts = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;

/** A text in which `*` stands for any characters, as a pattern of LIKE. */
const patternOf = (text: string): string => text.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');

export const columns = { scopeKey: rows.key, subscriptionKey: rows.slice, groupKey: rows.groupKey };

/** A word in a name of an id: an id is pairs of a kind and a name, and every one has “resourcegroups” in it. A word may be the whole id. */
const hasWord = (word: string): SQL => {
  if (word.startsWith('/')) return sql`${rows.key} = ${word}`;
  const verbatim = word.replace(/[^\w\u0080-\u{10ffff}]/gu, '\\$&');
  return sql`${rows.key} ~ ${`^(/[^/]+/[^/]+)*/[^/]+/[^/]*${verbatim}[^/]*(/[^/]+/[^/]+)*$`}`;
};

/** The condition that a row is one of these resources. */
export const ofResources = ({ types, group, words }: ResourceFilter): SQL[] => {
  const type = sql`lower(${rows.data} ->> 'type')`;
  const [whole, last] = [types.filter((each) => each.includes('/')), types.filter((each) => !each.includes('/'))];
  return [
    ...(types.length === 0
      ? []
      : [sql`(${type} = any(${texts(whole)}) or regexp_replace(${type}, '^.*/', '') = any(${texts(last)}))`]),
    ...(group === '' ? [] : [sql`split_part(${rows.groupKey}, '/', 5) like ${patternOf(group)}`]),
    ...words.map(hasWord),
  ];
};

const hasTag = ({ name, value }: TagWanted): SQL =>
  value === undefined
    ? sql`${rows.data} -> 'tags' ? ${name}`
    : sql`lower(${rows.data} -> 'tags' ->> ${name}) like ${patternOf(value)}`;

/** Whether the tags of a row are known here and to the person. */
export const isTold = ({ tagSight }: Pick<ResourcesWanted, 'tagSight'>): SQL =>
  sql`(${rows.data} ? 'tags' and ${scopeCondition(tagSight, columns)})`;

/** Whether a tag names the owner, as a whole or as one of several: `Alice Anders; bob@contoso.com`, `Alice Anders <alice@contoso.com>`. */
const namesOwner = (tag: string, { names }: OwnerWanted): SQL => {
  const value = sql`btrim(lower(${rows.data} -> 'tags' ->> ${tag}))`;
  return sql`(${value} = any(${texts(names)}) or regexp_split_to_array(${value}, '\\s*[;,<>]\\s*') && ${texts(names)})`;
};

/** The ways in which a row may be an owner's. Each may be null, which counts as no. */
export const waysOfOwning = (wanted: ResourcesWanted, owner: OwnerWanted) => {
  const isGoverned = (key: SQL): SQL =>
    sql`(${rows.data} -> 'governed' ->> ${key} = any(${texts(owner.names)}) and ${scopeCondition(owner.governanceSight, columns)})`;
  const listed = sql`(${rows.data} -> 'unhealthy') || (${rows.data} -> 'exempt')`;
  return {
    tags: owner.tags.map((tag) => sql`(${isTold(wanted)} and ${namesOwner(tag, owner)})`),
    role: scopeReached(owner.roles, columns),
    isGoverned,
    /** By a recommendation that is unhealthy or exempt. */
    governance: sql`(${rows.data} ? 'governed' and exists (select 1 from jsonb_array_elements_text(${listed}) as each(key) where ${isGoverned(sql`each.key`)}))`,
  };
};

/** The condition that a row is an owner's under one of its recommendations. */
export const isOwnersOf = (wanted: ResourcesWanted, key: SQL): SQL | undefined => {
  if (wanted.owner === undefined) return undefined;
  const { tags, role, isGoverned } = waysOfOwning(wanted, wanted.owner);
  return or(...tags, role, isGoverned(key));
};

/** The condition that a row has the tag that was asked for. */
export const isTagged = (wanted: ResourcesWanted): SQL | undefined =>
  wanted.tag === undefined ? undefined : and(isTold(wanted), hasTag(wanted.tag));
