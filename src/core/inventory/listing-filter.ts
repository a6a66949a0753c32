import { normalId } from '../tenant/arm-id.ts';
import { normalChain, type Hierarchy } from '../tenant/hierarchy.ts';
import { scopeFilter, type ScopeFilter, type ScopeReach } from '../tenant/scope-filter.ts';
import type { ExemptionState, StateContext } from './exemption-state.ts';
import { expiringUntil } from './exemption-state.ts';
import type { ListedExemption } from './listed-exemption.ts';
import type { Listing, MadeIn } from './listing.ts';
import { searchable } from './listing.ts';
import type { ListingCounts, ListingTally } from './listing-tally.ts';

/** Which exemptions a list shows: all that belong to a recommendation, those of one kind, or those that belong to none. */
export type ListingKind = ExemptionState | 'all' | 'outside' | 'needless' | 'other-policies';

/** A list, as a database can look it up. */
export type ListingFilter = {
  /** What may be shown of the exemptions of Azure Policy, and of those made in Defender: another right. */
  readonly sights: Readonly<Record<MadeIn, ScopeFilter>>;
  /** Only what lies in a scope, or contains it; undefined: everywhere. */
  readonly place: { readonly inside: ScopeReach; readonly around: readonly string[] } | undefined;
  /** As `searchable` writes it; empty: everything. */
  readonly text: string;
  /** The text is all of a name, not a part of it. */
  readonly isWhole: boolean;
  readonly kind: ListingKind;
  /** The normal id of the policy assignment, also of one that belongs to no recommendation; undefined: any. */
  readonly assignment?: string | undefined;
  readonly now: Date;
  /** What ends before it counts as expiring; undefined: whatever ends. */
  readonly expiringUntil: Date | undefined;
};

/** A row of a list: the exemptions made together, by the first of them. */
export type KeptListing = Pick<Listing, 'madeIn' | 'exemption' | 'reference' | 'wholeInitiative'> &
  Pick<ListedExemption, 'recommendations' | 'needless' | 'assignmentNames'> & {
    readonly assignmentGone: boolean;
  };

/** At most so many rows, after those that are skipped or after one of them. */
export type ListingPart = {
  readonly most: number;
  readonly skip?: number;
  readonly after?: Pick<KeptListing, 'exemption'> | undefined;
};

/** When the exemptions that lists show were last read completely; undefined before the first time. */
export type ListingsReadAt = Readonly<Record<MadeIn, Date | undefined>>;

/**
 * What lists show of exemptions. Of those of Azure Policy it holds what `SeenStore` knows, and forgets them with it: once Azure has
 * confirmed that they are gone; and what recorded steps wrote lately (`WrittenStore`), which only they and Resource Manager change. Those made in Defender are replaced as a whole, whenever Azure has returned all of them.
 */
export type ListingStore = {
  /** Replaces what was kept of these exemptions of Azure Policy, as far as they are known to `SeenStore` and not written lately. */
  readonly keep: (listings: readonly Listing[]) => Promise<void>;
  /** The exemptions of Azure Policy stand as kept, according to a complete reading that began then. */
  readonly noteRead: (at: Date) => Promise<void>;
  /** The same of those made in Defender, which stand as they are listed. */
  readonly noteReadOfDefender: (at: Date) => Promise<void>;
  /** Replaces everything made in Defender, all or nothing, by a complete reading that began then. */
  readonly keepThoseOfDefender: (listings: readonly Listing[], at: Date) => Promise<void>;
  readonly readAt: () => Promise<ListingsReadAt>;
  /** Forgets exemptions of Azure Policy that were gone then, as far as no step wrote them after that. */
  readonly forget: (exemptionIds: readonly string[], goneAt: Date) => Promise<void>;
  /** Forgets recommendations that no exemption has any more. */
  readonly tidy: () => Promise<void>;
  /** A part of a list: what has not ended, the soonest expiry first; then what has, the last one first. Of one expiry by the normal id. */
  readonly page: (filter: ListingFilter, part: ListingPart) => Promise<KeptListing[]>;
  /** How many rows a list has; counts no further than to `most`. */
  readonly count: (filter: ListingFilter, most: number) => Promise<number>;
  /** The numbers of each kind that a list without a text has; undefined where it has `most` rows or more in all. */
  readonly countKinds: (
    filter: Omit<ListingFilter, 'kind' | 'text' | 'isWhole'>,
    most: number,
  ) => Promise<ListingCounts | undefined>;
  /** The numbers of a list, over all its rows. */
  readonly tally: (filter: Omit<ListingFilter, 'kind' | 'text' | 'isWhole'>) => Promise<ListingTally>;
  /** Those in force that are at one of these scopes and exempt from a recommendation, by the normal id; at most `mostExempting`. */
  readonly exempting: (key: string, scopes: readonly string[], now: Date) => Promise<KeptListing[]>;
  /** One exemption by its id, with those made together with it; undefined if none is kept. */
  readonly find: (id: string) => Promise<KeptListing | undefined>;
  /** The normal id of the exemption for which a token stands (see `choiceTokens`); undefined if none is kept. */
  readonly idBehind: (token: string) => Promise<string | undefined>;
};

/** So many exemptions of one recommendation at and above some resources are looked at. */
export const mostExempting = 200;

type Wanted = Pick<ListingFilter, 'text' | 'kind'> &
  Partial<Pick<ListingFilter, 'isWhole'>> &
  Pick<StateContext, 'now' | 'timeZone' | 'withinDays'> & {
    readonly sights: Readonly<Record<MadeIn, Parameters<typeof scopeFilter>[0]>>;
    readonly place: string | undefined;
    readonly hierarchy: Hierarchy;
    readonly assignment?: string | undefined;
  };

/** Says for a database what a list shows. Pure. */
export const listingFilter = ({
  sights,
  place,
  hierarchy,
  text,
  isWhole = false,
  kind,
  assignment,
  ...time
}: Wanted): ListingFilter => ({
  sights: { policy: scopeFilter(sights.policy), defender: scopeFilter(sights.defender) },
  place:
    place === undefined
      ? undefined
      : {
          inside: scopeFilter({ scopes: [place], hidden: [], hierarchy }).shown,
          around: normalChain(place, hierarchy),
        },
  text: searchable([text]),
  isWhole,
  kind,
  ...(assignment === undefined ? {} : { assignment: normalId(assignment) }),
  now: time.now,
  expiringUntil: expiringUntil(time),
});
