import { resourceAt } from '../resources/resource-path.ts';
import type { Resource, ResourceGroup, Subscription } from '../tenant.ts';
import type { Oddity } from './oddities.ts';
import { groupIn } from './resource-groups.ts';
import { longName, parts } from './subscriptions.ts';

/** The group that an AKS cluster manages, and that nobody else may change. */
export const nodeGroupOf = (group: ResourceGroup, cluster: string): ResourceGroup =>
  groupIn(group.subscriptionId, `MC_${group.name}_${cluster}_${group.location}`.slice(0, 80), {
    location: group.location,
    managedBy: `${group.id}/providers/Microsoft.ContainerService/managedClusters/${cluster}`,
  });

const unusual = (group: ResourceGroup): readonly Resource[] => {
  const set = `Microsoft.Compute/virtualMachineScaleSets/vmss-${group.name}`;
  return [
    `Microsoft.HybridCompute/machines/arc-${group.name}-1`,
    `Microsoft.HybridCompute/machines/ARC-${group.name}-2.corp.fabrikam.com`,
    set,
    `${set}/virtualMachines/0`,
    `${set}/virtualMachines/17`,
    `Microsoft.Web/sites/app-${group.name}/slots/staging`,
    `Microsoft.Sql/managedInstances/mi-${group.name}`,
    `Microsoft.Sql/managedInstances/mi-${group.name}/databases/ledger`,
  ].map((path) => resourceAt(path, group));
};

const oddlyNamed = (group: ResourceGroup): readonly Resource[] =>
  ['Kunden, Aufträge', 'the "old" one; O\'Brien #1', '[Q] = (x + y)', '注文データベース', longName]
    .map((name) => `Microsoft.Sql/servers/sql-odd/databases/${name}`)
    .concat('Microsoft.Sql/servers/sql-odd', 'Microsoft.ServiceBus/namespaces/sb-odd/queues/orders%2Fnew')
    .map((path) => resourceAt(path, group));

/** The oddities that are resources, in the first group of a subscription. */
export const oddResourcesIn = (
  position: number,
  group: ResourceGroup,
  has: (oddity: Oddity) => boolean,
): readonly Resource[] => [
  ...(has('unusualResources') && position % 5 === 3 ? unusual(group) : []),
  ...(has('oddNames') && position === parts.oddlyNamed ? oddlyNamed(group) : []),
];

/** Deleted, but still assessed. */
export const goneResourcesOf = (
  subscriptions: readonly Subscription[],
  has: (oddity: Oddity) => boolean,
): readonly Resource[] =>
  has('goneResources')
    ? subscriptions
        .filter((_, position) => position % 4 === 0)
        .map(({ subscriptionId }) =>
          resourceAt('Microsoft.Compute/virtualMachines/vm-gone-1', groupIn(subscriptionId, 'rg-gone')),
        )
    : [];
