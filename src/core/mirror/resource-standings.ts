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

/** Counts and finds the resources that assessments name by what Defender does not know of them. For lists, never for a decision. */
export type ResourceStandingsSource = {
  readonly standings: (wanted: ResourcesWanted) => Promise<ResourceStandings>;
  /** The normal ids of those that have a recommendation. */
  readonly having: (wanted: ResourcesWanted, key: string) => Promise<string[]>;
};
