import { resourceAt } from '../resources/resource-path.ts';
import type { Resource, ResourceGroup, Subscription } from '../tenant.ts';
import { numbersTo, roll } from './dice.ts';
import { nodeGroupOf, oddResourcesIn } from './odd-resources.ts';
import type { Oddity } from './oddities.ts';
import { resourceGroupsIn } from './resource-groups.ts';
import { resourceMix } from './resource-mix.ts';
import { resourceTags } from './tags.ts';
import { parts } from './subscriptions.ts';

export type FabrikamEstate = {
  readonly resourceGroups: readonly ResourceGroup[];
  readonly resources: readonly Resource[];
};

/** Resources of Alice's team; the stories begin here. */
const shop = [
  'Microsoft.Compute/virtualMachines/vm-shop-1',
  'Microsoft.Compute/virtualMachines/vm-shop-2',
  'Microsoft.Storage/storageAccounts/stshopprod',
  'Microsoft.Storage/storageAccounts/stshoplogs',
  'Microsoft.KeyVault/vaults/kv-shop-prod',
  'Microsoft.Sql/servers/sql-shop-prod',
  'Microsoft.Sql/servers/sql-shop-prod/databases/orders',
];
const stage = ['Microsoft.Compute/virtualMachines/vm-shop-1', 'Microsoft.Storage/storageAccounts/stshopstage'];

/** Names of storage accounts have neither hyphens nor capitals. */
const nameOf = (prefix: string, place: string, number: number): string =>
  prefix === 'st' ? `st${place}${number}`.toLowerCase() : `${prefix}-${place}-${number}`;

const ordinary = (groups: readonly ResourceGroup[], position: number): readonly Resource[] => {
  const place = position.toString(36).padStart(3, '0');
  return resourceMix.flatMap(([type, prefix, count]) =>
    numbersTo(count).flatMap((number) => {
      const name = nameOf(prefix, place, number + 1);
      const group = groups[roll(`group ${name}`, groups.length)];
      return group === undefined ? [] : [resourceAt(`${type}/${name}`, group)];
    }),
  );
};

const ofStories = (position: number, group: ResourceGroup, has: (oddity: Oddity) => boolean): readonly Resource[] => {
  if (position === parts.shop) return shop.map((path) => resourceAt(path, group));
  if (position === parts.shopStage) return stage.map((path) => resourceAt(path, group));
  return position === parts.twin && has('duplicateNames')
    ? [resourceAt('Microsoft.Compute/virtualMachines/vm-shop-1', group)]
    : [];
};

const withNodes = (
  position: number,
  group: ResourceGroup,
): { readonly group: ResourceGroup; readonly all: readonly Resource[] } => {
  const made = nodeGroupOf(group, `aks-${position.toString(36).padStart(3, '0')}-1`);
  const nodes = 'Microsoft.Compute/virtualMachineScaleSets/aks-nodepool1-vmss';
  return { group: made, all: [nodes, `${nodes}/virtualMachines/0`].map((path) => resourceAt(path, made)) };
};

/** The resource groups of a subscription and what is in them. */
const buildIn = (subscription: Subscription, position: number, has: (oddity: Oddity) => boolean): FabrikamEstate => {
  const groups = resourceGroupsIn(subscription, position, has);
  const [first] = groups;
  if (first === undefined) return { resourceGroups: [], resources: [] };
  const managed = has('unusualResources') && position % 3 === 0 ? withNodes(position, first) : undefined;
  return {
    resourceGroups: [...groups, ...(managed === undefined ? [] : [managed.group])],
    resources: [
      ...ofStories(position, first, has),
      ...oddResourcesIn(position, first, has),
      // The first two groups of the shop hold only what the stories name.
      ...ordinary(groups.slice(position <= parts.twin ? 2 : 0), position),
      ...(managed?.all ?? []),
    ],
  };
};

export const buildFabrikam = (
  subscriptions: readonly Subscription[],
  has: (oddity: Oddity) => boolean,
): FabrikamEstate => {
  const all = subscriptions.map((subscription, position) => buildIn(subscription, position, has));
  return {
    resourceGroups: all.flatMap(({ resourceGroups }) => resourceGroups),
    resources: all.flatMap(({ resources }) =>
      resources.map((resource) => ({ ...resource, tags: resourceTags(resource.id) })),
    ),
  };
};
