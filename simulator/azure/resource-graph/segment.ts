import type { Subscription } from '../../tenant/tenant.ts';
import type { RowWish } from '../kql/row-wish.ts';
import type { PlacedRow, RowPlace } from './placed-row.ts';

/** The part of the tenant that a query can see, and the rows of it that the query wants. */
export type Within = {
  readonly subscriptions: readonly Subscription[];
  /** False for everything inside another subscription; true for management groups and what has no scope. */
  readonly holds: (scope: string) => boolean;
  /** True if the query sees rows at this place, and so all below it; without it, that has to be found out for each row. */
  readonly seesAllAt?: ((place: RowPlace) => boolean) | undefined;
  /** The rows that the query can want, and what of them it looks at. */
  readonly wish?: RowWish | undefined;
};

/** A part of a table: rows of certain types, made when a query asks for them. */
export type Segment = {
  /** In lower case; undefined where there are too many to name. */
  readonly types: readonly string[] | undefined;
  readonly rows: (within: Within) => Iterable<PlacedRow>;
};

/** Rows of a list, of which only those within reach are made. */
export function* rowsWithin<T>(
  values: Iterable<T>,
  within: Within,
  scopeOf: (value: T) => string | undefined,
  rowOf: (value: T) => PlacedRow,
): Generator<PlacedRow> {
  for (const value of values) if (within.holds(scopeOf(value) ?? '')) yield rowOf(value);
}

/** Rows that are made for one subscription after the other. */
export function* rowsBySubscription(
  { subscriptions }: Within,
  rowsOf: (subscription: Subscription) => Iterable<PlacedRow>,
): Generator<PlacedRow> {
  for (const subscription of subscriptions) yield* rowsOf(subscription);
}
