import { groupPlans, subscriptionPlan } from './estate-plan.ts';
import type { GroupPlan } from './estate-plan.ts';
import { resourceAt } from '../resources/resource-path.ts';
import type { Connector } from '../resources/connector.ts';
import { resourceTags, subscriptionTags } from './tags.ts';
import type { Resource, ResourceGroup, Subscription } from '../tenant.ts';

export type Estate = {
  readonly subscriptions: readonly Subscription[];
  readonly resourceGroups: readonly ResourceGroup[];
  readonly resources: readonly Resource[];
};

const hexadecimal = (value: number, length: number): string => value.toString(16).padStart(length, '0');

/** The subscription ids of Contoso can be told apart at a glance: 10000001-…, 10000002-…; a copy has its number at the end. */
const subscriptionIdFor = (position: number, copy: number): string =>
  `1000000${position + 1}-0000-4000-8000-${hexadecimal(copy, 12)}`;

const copied = (name: string, copy: number): string => (copy === 0 ? name : `${name}-${copy + 1}`);

const buildGroup = (plan: GroupPlan, subscriptionId: string): ResourceGroup => {
  const root = `/subscriptions/${subscriptionId}/resourceGroups`;
  return {
    id: `${root}/${plan.name}`,
    name: plan.name,
    subscriptionId,
    location: plan.location,
    tags: { owner: plan.owner },
    ...(plan.managedBy !== undefined && { managedBy: `${root}/${plan.managedBy}` }),
  };
};

const withTags = (resource: Resource): Resource => ({ ...resource, tags: resourceTags(resource.name) });

/** Beside the hub, Defender also watches one account of AWS and one project of GCP. */
export const connectorsOf = ({ resourceGroups }: Estate): readonly Connector[] =>
  resourceGroups
    .filter(({ name }) => name === 'rg-connectivity')
    .flatMap(({ id }) =>
      (['AWS', 'GCP'] as const).map((environment) => ({
        id: `${id}/providers/Microsoft.Security/securityConnectors/contoso-${environment.toLowerCase()}`,
        resourceGroup: id,
        environment,
        healthy: environment === 'AWS' ? 10 : 30,
        unhealthy: 90,
      })),
    );

/** Contoso's subscriptions and what is in them, `scale` times over. */
export const buildEstate = (scale: number): Estate => {
  const copies = Array.from({ length: scale }, (_, copy) => copy);
  const subscriptions = copies.flatMap((copy) =>
    subscriptionPlan.map(({ name, ...plan }, position) => ({
      subscriptionId: subscriptionIdFor(position, copy),
      name: copied(name, copy),
      tags: subscriptionTags(name),
      ...plan,
    })),
  );
  const idByName = new Map(subscriptions.map(({ name, subscriptionId }) => [name, subscriptionId]));
  const planned = copies.flatMap((copy) =>
    groupPlans.map((plan) => ({
      plan,
      group: buildGroup(plan, idByName.get(copied(plan.subscription, copy)) ?? ''),
    })),
  );
  return {
    subscriptions,
    resourceGroups: planned.map(({ group }) => group),
    resources: planned.flatMap(({ plan, group }) => plan.resources.map((path) => withTags(resourceAt(path, group)))),
  };
};
