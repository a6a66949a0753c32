import { normalised } from '../arm-id.ts';
import type { Resource, Tenant } from '../tenant.ts';

export type ResourceIndex = {
  /** By id in lower case. */
  readonly byId: ReadonlyMap<string, Resource>;
  readonly bySubscription: ReadonlyMap<string, readonly Resource[]>;
};

type Indexed = { readonly length: number; readonly index: ResourceIndex };

const known = new WeakMap<readonly Resource[], Indexed>();

/** The resources of a tenant by id and by subscription; made anew when their number has changed. */
export const resourceIndexOf = ({ resources }: Pick<Tenant, 'resources'>): ResourceIndex => {
  const before = known.get(resources);
  if (before?.length === resources.length) return before.index;
  const index: ResourceIndex = {
    byId: new Map(resources.map((resource) => [normalised(resource.id), resource])),
    bySubscription: Map.groupBy(resources, ({ subscriptionId }) => subscriptionId),
  };
  known.set(resources, { length: resources.length, index });
  return index;
};
