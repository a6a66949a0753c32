import type { ResourceFilter } from '../tenant/resource-filter.ts';
import type { ScopeFilter, ScopeReach } from '../tenant/scope-filter.ts';
import type { TagWanted } from '../tenant/tag-filter.ts';

/** Whose resources are meant. Everything in it is in lower case. */
export type OwnerWanted = {
  /** As tags and governance rules name them: user principal name, mail, display name. */
  readonly names: readonly string[];
  /** The names of the tags that name an owner. */
  readonly tags: readonly string[];
  /** Where the person may read whom governance rules of Defender made an owner; elsewhere none counts. */
  readonly governanceSight: ScopeFilter;
  /** Where the owner holds a role of their own. */
  readonly roles: ScopeReach;
};

/** Which resources of the mirror a list is about. */
export type ResourcesWanted = {
  readonly sight: ScopeFilter;
  /** Where the person may read tags; elsewhere none counts. */
  readonly tagSight: ScopeFilter;
  /** Words are looked at by `having` alone. */
  readonly resources: ResourceFilter | undefined;
  readonly tag: TagWanted | undefined;
  readonly owner: OwnerWanted | undefined;
};

/** How many resources with something unhealthy or exempt are an owner's by which way; one resource may be so by several. */
export type OwnerMatches = {
  /** By the name of the tag; those without any are left out. */
  readonly tags: ReadonlyMap<string, number>;
  readonly governance: number;
  readonly roles: number;
};

type ResourceStandings = {
  /** How many resources of each recommendation are unhealthy and exempt; none of which neither is. */
  readonly rows: readonly { readonly key: string; readonly unhealthy: number; readonly exempted: number }[];
  /** How many resources there are whose tags cannot be read, by Exemption Desk or by the person. */
  readonly untold: number;
  /** Undefined unless an owner was asked for. */
  readonly matches: OwnerMatches | undefined;
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

/** Of which list a part is meant: the resources of a recommendation that have a status. */
export type StatusPart = {
  readonly key: string;
  readonly status: 'unhealthy' | 'exempt';
  readonly skip: number;
  readonly most: number;
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
  /** A part of those that have a recommendation, as normal ids in their order, and how many there are. Only that part is read. */
  readonly having: (
    wanted: ResourcesWanted,
    part: StatusPart,
  ) => Promise<{ readonly ids: readonly string[]; readonly found: number }>;
};
