import type { Subscription } from '../../tenant/tenant.ts';
import type { PlacedRow } from './placed-row.ts';

/** The part of the tenant that a query can see, and the rows of it that the query wants. */
export type Within = {
  readonly subscriptions: readonly Subscription[];
  /** False for everything inside another subscription; true for management groups and what has no scope. */
  readonly holds: (scope: string) => boolean;
  /** Their names in lower case, where the query names all that it can want. */
  readonly names?: ReadonlySet<string> | undefined;
  /** The members of `properties` that the query looks at; all of them without it. Others may be left out. */
  readonly members?: ReadonlySet<string> | undefined;
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
