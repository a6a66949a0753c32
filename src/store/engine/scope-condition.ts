import { Buffer } from 'node:buffer';
import type { ScopeFilter, ScopeReach } from '../../core/tenant/scope-filter.ts';
import { sql, type AnyColumn, type SQL } from './drizzle.ts';

/** The columns of a table that hold what `scopeColumns` makes of a scope. */
type ScopeColumns = { readonly scopeKey: AnyColumn; readonly subscriptionKey: AnyColumn };

const texts = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const subscriptionOf = (scope: string): string => scope.split('/').slice(0, 3).join('/');

/**
 * Whether a scope lies in one of many that do not lie in one another: only the one before it in the order of bytes can contain it, so the
 * database compares with one however many there are.
 */
const isInOneOf = (narrower: readonly string[], { scopeKey, subscriptionKey }: ScopeColumns): SQL => {
  const sorted = texts(narrower.map((each) => `${each}/`).sort(byBytes));
  const path = sql`${scopeKey} || '/'`;
  const before = sql`(${sorted})[width_bucket(${path} collate "C", ${sorted} collate "C")]`;
  const around = texts([...new Set(narrower.map(subscriptionOf))]);
  return sql`(${subscriptionKey} = any(${around}) and starts_with(${path}, ${before}))`;
};

const isReached = ({ everything, subscriptions, narrower, exact }: ScopeReach, columns: ScopeColumns): SQL => {
  const ways = [
    ...(subscriptions.length === 0 ? [] : [sql`${columns.subscriptionKey} = any(${texts(subscriptions)})`]),
    ...(narrower.length === 0 ? [] : [isInOneOf(narrower, columns)]),
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
    ? isReached(shown, columns)
    : sql`(${isReached(shown, columns)} and ${isReached(hidden, columns)} is not true)`;
