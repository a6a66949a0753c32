import { nameOf, resourceGroupOf, resourceTypeOf } from '../tenant/arm-id.ts';
import type { ScopeFilter } from '../tenant/scope-filter.ts';

/** A resource, resource group or subscription that assessments name, as lists and searches use it. */
export type KeptResource = {
  /** As Defender spells it. */
  readonly id: string;
  /** `Microsoft.Sql/servers/databases`; undefined for a resource group and a subscription. */
  readonly type: string | undefined;
  /** The keys of its recommendations, and of those that are unhealthy and exempt now; in lower case. */
  readonly keys: readonly string[];
  readonly unhealthy: readonly string[];
  readonly exempt: readonly string[];
  /**
   * Its tags, else those of its resource group, else those of its subscription, name by name, names in lower case; undefined: Exemption Desk
   * may not read them, which takes Reader.
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Whom governance rules of Defender made its owner, in lower case, by recommendation key. */
  readonly governed?: Readonly<Record<string, string>> | undefined;
  /** What a search looks in, in lower case: its name first, then its resource group and type. */
  readonly search: string;
};

/** Completes what Azure told of a resource. Pure. */
export const keptResource = (
  told: Pick<KeptResource, 'id' | 'keys' | 'unhealthy' | 'exempt' | 'tags' | 'governed'>,
): KeptResource => {
  const type = resourceTypeOf(told.id);
  const words = [nameOf(told.id), nameOf(resourceGroupOf(told.id) ?? ''), type ?? ''];
  return { ...told, type, search: words.join('\n').toLowerCase() };
};

/** A word of a search: what it is in, or the subscriptions (`/subscriptions/{guid}`, lower case) that it names. */
export type ResourceWord = {
  readonly text: string;
  readonly subscriptions: readonly string[];
  /** Of a resource group: it is all of its name. */
  readonly whole?: boolean;
};

export type ResourceQuestion = {
  readonly sight: ScopeFilter;
  /** All of them have to be found; none: everything in sight. */
  readonly words: readonly ResourceWord[];
  /** Only those that have the recommendation; in lower case. */
  readonly key: string | undefined;
  readonly most: number;
};

/** Searches the resources that assessments name, as they were read within the last hours. For lists and suggestions, never for a decision. */
export type ResourceSearch = {
  /** Those whose names begin with the first word come first, then by id; at most so many. */
  readonly find: (question: ResourceQuestion) => Promise<KeptResource[]>;
  /** The ids of the resource groups that have such resources: with words, those whose own names they find. In the order of their ids. */
  readonly groups: (question: ResourceQuestion) => Promise<string[]>;
};
