import { z } from 'zod';
import { subscriptionStates, type Hierarchy, type HierarchySource } from '../../core/tenant/hierarchy.ts';
import { cached } from '../../core/cached.ts';
import { queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';

// The chain in Azure starts with the direct parent and ends with the tenant root, as ours does.
const chain = z
  .array(
    z.object({
      name: z.string(),
      displayName: z
        .string()
        .nullish()
        .transform((text) => text ?? ''),
    }),
  )
  .nullish()
  .transform((groups) => groups ?? []);
type Chain = z.infer<typeof chain>;

const namesIn = (groups: Chain): string[] => groups.map(({ name }) => name);

/** The groups of the chains that are not among those that are read. */
const unseenIn = (chains: readonly Chain[], read: readonly string[]): NonNullable<Hierarchy['unseen']> => {
  const seen = new Set(read.map((name) => name.toLowerCase()));
  const above = new Map(chains.flat().map((group) => [group.name.toLowerCase(), group]));
  return [...above]
    .filter(([key]) => !seen.has(key))
    .map(([, { name, displayName }]) => ({ name, displayName: displayName === '' ? name : displayName }));
};

export const hierarchyRow = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  displayName: z.string(),
  // Management groups have none, and a word that is not known here must not hide the subscription.
  state: z.enum(subscriptionStates).optional().catch(undefined),
  aboveGroup: chain,
  aboveSubscription: chain,
});

export const hierarchyFrom = (rows: readonly z.infer<typeof hierarchyRow>[]): Hierarchy => {
  const [groups, subscriptions] = ['managementgroups', 'subscriptions'].map((type) =>
    rows.filter((each) => each.type.toLowerCase().endsWith(`/${type}`)),
  );
  const chains = rows.flatMap(({ aboveGroup, aboveSubscription }) => [aboveGroup, aboveSubscription]);
  const read = (groups ?? []).map(({ name }) => name);
  return {
    unseen: unseenIn(chains, read),
    managementGroups: (groups ?? []).map(({ name, displayName, aboveGroup }) => ({
      name,
      displayName: displayName || name,
      ancestors: namesIn(aboveGroup),
    })),
    subscriptions: (subscriptions ?? []).map(({ id, name, state, aboveSubscription }) => ({
      id,
      displayName: name,
      ancestors: namesIn(aboveSubscription),
      ...(state !== undefined && { state }),
    })),
  };
};

export const createHierarchySource = (ask: ResourceGraph, now: () => Date): HierarchySource => {
  const query = queryNamed('hierarchy');
  const remembered = cached(async () => hierarchyFrom(await ask(hierarchyRow, { query })), {
    what: 'management groups and subscriptions',
    now,
  });
  return { hierarchy: () => remembered('') };
};
