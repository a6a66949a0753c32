import type { ScopeFilter, ScopeReach } from '../../core/tenant/scope-filter.ts';
import { sql, type AnyColumn, type SQL } from './drizzle.ts';

/** The columns of a table that hold what `scopeColumns` makes of a scope, and its resource group. */
type ScopeColumns = Readonly<Record<'scopeKey' | 'subscriptionKey' | 'groupKey', AnyColumn | SQL>>;

const texts = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;

const partsOf = (scope: string): string[] => scope.split('/');

const subscriptionOf = (scope: string): string => partsOf(scope).slice(0, 3).join('/');

const inGroup = 5;

const isInGroup = (scope: string): boolean => partsOf(scope)[3] === 'resourcegroups';

const groupAround = (scope: string): string => partsOf(scope).slice(0, inGroup).join('/');

/** Whether a scope lies in one of many that have the same number of parts: its own first parts are looked up once, however many there are. */
const isInOneOf = (
  parts: number,
  narrower: readonly string[],
  { scopeKey, subscriptionKey, groupKey }: ScopeColumns,
): SQL => {
  const around = narrower.every(isInGroup)
    ? sql`${groupKey} = any(${texts([...new Set(narrower.map(groupAround))])})`
    : sql`${subscriptionKey} = any(${texts([...new Set(narrower.map(subscriptionOf))])})`;
  if (parts === inGroup && narrower.every(isInGroup)) return around;
  const beginning = sql`array_to_string((string_to_array(${scopeKey}, '/'))[1:${sql.raw(String(parts))}], '/')`;
  return sql`(${around} and ${beginning} = any(${texts(narrower)}))`;
};

/** The condition that a row lies in one of the scopes. */
export const scopeReached = (
  { everything, subscriptions, narrower, exact }: ScopeReach,
  columns: ScopeColumns,
): SQL => {
  const ways = [
    ...(subscriptions.length === 0 ? [] : [sql`${columns.subscriptionKey} = any(${texts(subscriptions)})`]),
    ...[...Map.groupBy(narrower, (scope) => partsOf(scope).length)].map(([parts, those]) =>
      isInOneOf(parts, those, columns),
    ),
    ...(exact.length === 0 ? [] : [sql`${columns.scopeKey} = any(${texts(exact)})`]),
  ];
  if (everything) return sql`true`;
  return ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`;
};

const isNothing = ({ everything, subscriptions, narrower, exact }: ScopeReach): boolean =>
  !everything && subscriptions.length + narrower.length + exact.length === 0;

/** The condition that a row lies in what a list may show. Where it does not, it may be null: its opposite is `is not true`. */
export const scopeCondition = ({ shown, hidden }: ScopeFilter, columns: ScopeColumns): SQL =>
  isNothing(hidden)
    ? scopeReached(shown, columns)
    : sql`(${scopeReached(shown, columns)} and ${scopeReached(hidden, columns)} is not true)`;
