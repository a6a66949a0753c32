import type { Severity } from '../tenant/severity.ts';
import type { ExemptionState } from './exemption-state.ts';

/** How many exemptions there are now, those made together as one: in each state, and without a request. */
export type ListingCounts = Readonly<Record<ExemptionState, number>> & { readonly outside: number };

/** The numbers of a list of exemptions. */
export type ListingTally = {
  /** By the subscription or management group that they lie in, a normal id. */
  readonly byPlace: ReadonlyMap<string, ListingCounts>;
  /** By the worst severity of their recommendations; undefined: they have none that is known. */
  readonly bySeverity: ReadonlyMap<Severity | undefined, ListingCounts>;
};

export const noListings: ListingCounts = {
  active: 0,
  expiring: 0,
  expired: 0,
  'never-expires': 0,
  orphaned: 0,
  outside: 0,
};

/** How many in all: each has one state. */
export const inAll = (counts: Readonly<Record<ExemptionState, number>>): number =>
  counts.active + counts.expiring + counts.expired + counts['never-expires'] + counts.orphaned;

/** How many of a kind: the number beside its name, and of the rows of its list. `needless` and `other-policies` are not among these numbers. */
export const countOf = (counts: ListingCounts, kind: keyof ListingCounts | 'all'): number =>
  kind === 'all' ? inAll(counts) : counts[kind];

/** Several numbers as one. */
export const summedUp = (all: Iterable<ListingCounts>): ListingCounts =>
  [...all].reduce(
    (sum, each) => ({
      active: sum.active + each.active,
      expiring: sum.expiring + each.expiring,
      expired: sum.expired + each.expired,
      'never-expires': sum['never-expires'] + each['never-expires'],
      orphaned: sum.orphaned + each.orphaned,
      outside: sum.outside + each.outside,
    }),
    noListings,
  );
