import type { ResourceFilter } from '../tenant/resource-filter.ts';
import type { ScopeFilter } from '../tenant/scope-filter.ts';
import type { TagWanted } from '../tenant/tag-filter.ts';

/** Which resources of the mirror a list is about. */
export type ResourcesWanted = {
  readonly sight: ScopeFilter;
  /** Where the person may read tags; elsewhere none counts. */
  readonly tagSight: ScopeFilter;
  /** By type and resource group; words are not looked at. */
  readonly resources: ResourceFilter | undefined;
  readonly tag: TagWanted | undefined;
};

type ResourceStandings = {
  /** How many resources of each recommendation are unhealthy and exempt; none of which neither is. */
  readonly rows: readonly { readonly key: string; readonly unhealthy: number; readonly exempted: number }[];
  /** How many resources there are whose tags cannot be read, by Exemption Desk or by the person. */
  readonly untold: number;
};

/** Resources that have a recommendation, by the values of some tags; names and values in lower case. */
type TaggedWanted = {
  readonly sight: ScopeFilter;
  readonly key: string;
  readonly names: readonly string[];
  readonly values: readonly string[];
};

/** How many there are, how many have one of the tags, and of how many the tags cannot be read. */
type Tagged = { readonly all: number; readonly tagged: number; readonly untold: number };

type OpenAround = {
  readonly groups: readonly string[];
  /** How many more resource groups there are. */
  readonly moreGroups: number;
  /** The ids of the subscriptions that they are in, in lower case. */
  readonly subscriptions: readonly string[];
};

/** Counts and finds the resources that assessments name by what Defender does not know of them. For lists, never for a decision. */
export type ResourceStandingsSource = {
  readonly standings: (wanted: ResourcesWanted) => Promise<ResourceStandings>;
  readonly countTagged: (wanted: TaggedWanted) => Promise<Tagged>;
  /** Those of some recommendations that are unhealthy or exempt on a resource in sight. */
  readonly standingIn: (sight: ScopeFilter, keys: readonly string[]) => Promise<string[]>;
  /** The scopes in sight around the resources that are unhealthy by a recommendation; at most so many resource groups, by their ids. */
  readonly openAround: (sight: ScopeFilter, key: string, most: number) => Promise<OpenAround>;
  /** Those of some resource groups and resources, by their normal ids, at or below which a resource in sight has the recommendation. */
  readonly scopesWith: (sight: ScopeFilter, key: string, scopes: readonly string[]) => Promise<string[]>;
  /** The normal ids of those that have a recommendation. */
  readonly having: (wanted: ResourcesWanted, key: string) => Promise<string[]>;
};
