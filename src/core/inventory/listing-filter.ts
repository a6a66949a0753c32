import { normalChain, type Hierarchy } from '../tenant/hierarchy.ts';
import { scopeFilter, type ScopeFilter, type ScopeReach } from '../tenant/scope-filter.ts';
import type { ExemptionState, StateContext } from './exemption-state.ts';
import { expiringUntil } from './exemption-state.ts';
import type { ListedExemption } from './listed-exemption.ts';
import type { Listing } from './listing.ts';
import { searchable } from './listing.ts';
import type { SeenExemption } from './seen-exemption.ts';

/** Which exemptions a list shows: all that belong to a recommendation, those of one kind, or those that belong to none. */
export type ListingKind = ExemptionState | 'all' | 'outside' | 'needless' | 'other-policies';

/** A list, as a database can look it up. */
export type ListingFilter = {
  readonly sight: ScopeFilter;
  /** Only what lies in a scope, or contains it; undefined: everywhere. */
  readonly place: { readonly inside: ScopeReach; readonly around: readonly string[] } | undefined;
  /** As `searchable` writes it; empty: everything. */
  readonly text: string;
  readonly kind: ListingKind;
  readonly now: Date;
  /** What ends before it counts as expiring; undefined: whatever ends. */
  readonly expiringUntil: Date | undefined;
};

/** A row of a list: the exemptions made together, by the first of them. */
export type KeptListing = Pick<Listing, 'reference' | 'wholeInitiative'> &
  Pick<ListedExemption, 'recommendations' | 'needless' | 'assignmentNames'> & {
    readonly exemption: Pick<SeenExemption, 'id' | 'scope' | 'category' | 'displayName' | 'expiresAt' | 'createdAt'> &
      Pick<Listing['exemption'], 'createdBy'>;
    readonly assignmentGone: boolean;
  };

/** At most so many rows, after those that are skipped. */
export type ListingPart = { readonly skip: number; readonly most: number };

/**
 * What lists show of the exemptions of Azure Policy. It holds only exemptions that `SeenStore` knows, and
 * forgets them with it: once Azure has confirmed that they are gone.
 */
export type ListingStore = {
  /** Replaces what was kept of these exemptions. */
  readonly keep: (listings: readonly Listing[]) => Promise<void>;
  /** Forgets recommendations that no exemption has any more. Only for the one who calls `keep`, afterwards. */
  readonly tidy: () => Promise<void>;
  /** A part of a list, the soonest expiry first, then by the normal id. */
  readonly page: (filter: ListingFilter, part: ListingPart) => Promise<KeptListing[]>;
  /** How many rows a list has; counts no further than to `most`. */
  readonly count: (filter: ListingFilter, most: number) => Promise<number>;
};

type Wanted = Pick<ListingFilter, 'text' | 'kind'> &
  Pick<StateContext, 'now' | 'timeZone' | 'withinDays'> & {
    readonly sight: Parameters<typeof scopeFilter>[0];
    readonly place: string | undefined;
    readonly hierarchy: Hierarchy;
  };

/** Says for a database what a list shows. Pure. */
export const listingFilter = ({ sight, place, hierarchy, text, kind, ...time }: Wanted): ListingFilter => ({
  sight: scopeFilter(sight),
  place:
    place === undefined
      ? undefined
      : {
          inside: scopeFilter({ scopes: [place], hidden: [], hierarchy }).shown,
          around: normalChain(place, hierarchy),
        },
  text: searchable([text]),
  kind,
  now: time.now,
  expiringUntil: expiringUntil(time),
});
