import type { ScopeFilter } from '../tenant/scope-filter.ts';
import type { CleanupItem, CleanupKind } from './cleanup.ts';

/** Which exemptions of Azure Policy exempt nothing any more, as a database can look them up. */
export type LeftoverFilter = {
  readonly kinds: readonly CleanupKind[];
  /** Only what one of them shows, and none of these. */
  readonly within: readonly ScopeFilter[];
  readonly except: readonly ScopeFilter[];
  /** Subscriptions and management groups, as normal ids, in which a policy assignment would be seen. Anywhere else it may just be hidden. */
  readonly visible: readonly string[];
  readonly now: Date;
};

type Leftover = Omit<CleanupItem, 'expiresAt' | 'kind'> & {
  readonly kind: CleanupKind;
  readonly name: string;
  readonly expiresAt: Date | undefined;
};

/** A resource group, or a scope outside of any, with some of the exempted scopes in it. */
type LeftoverPlace = { readonly scope: string; readonly exempted: readonly string[] };

/** What can be cleaned up, as the last sweep found it. Whoever deletes any of it has to read it again. */
export type LeftoverStore = {
  /** The first of those that no other tool manages, by scope and id. */
  readonly first: (filter: LeftoverFilter, most: number) => Promise<Leftover[]>;
  /** How many there are, by the tool that manages them; undefined: none does. */
  readonly count: (filter: LeftoverFilter) => Promise<ReadonlyMap<string | undefined, number>>;
  /** The first places where there are any, and how many places there are. */
  readonly places: (
    filter: LeftoverFilter,
    most: number,
  ) => Promise<{ readonly first: readonly LeftoverPlace[]; readonly inAll: number }>;
};
