import { extensionId, normalised } from './arm-id.ts';
import { createAssignmentsInForce, createHolderLookup } from './assignments-in-force.ts';
import type { Holder } from './assignments-in-force.ts';
import { resourceIndexOf } from './resources/resource-index.ts';
import type { PolicyAssignment, Recommendation, Subscription, Tenant } from './tenant.ts';
import { healthUnderneath } from './underlying-health.ts';

export type AssessedResource = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** See Tenant.chainOf. */
  readonly chain: readonly string[];
};

/** A recommendation on a resource, before exemptions are considered. */
export type Standing = {
  readonly recommendation: Recommendation;
  readonly resource: AssessedResource;
  readonly holders: readonly Holder[];
  readonly unhealthy: boolean;
};

/** Ids are long and there are many: they are made for whoever asks. */
export const assessmentIdOf = ({ resource, recommendation }: Pick<Standing, 'resource' | 'recommendation'>): string =>
  extensionId(resource.id, 'Microsoft.Security/assessments', recommendation.assessmentKey);

type Assessed = Omit<AssessedResource, 'chain'> & { readonly kind: string };

const assessedIn = (tenant: Tenant, { subscriptionId, name }: Subscription): readonly Assessed[] => [
  {
    id: `/subscriptions/${subscriptionId}`,
    name,
    type: 'Microsoft.Resources/subscriptions',
    kind: '',
    location: '',
    subscriptionId,
    resourceGroup: '',
  },
  ...[
    ...(resourceIndexOf(tenant).bySubscription.get(subscriptionId) ?? []),
    ...tenant.goneResources.filter((gone) => gone.subscriptionId === subscriptionId),
  ].map(({ resourceGroup, ...resource }) => ({
    ...resource,
    id: tenant.spelledByDefender?.(resource.id) ?? resource.id,
    location: resourceGroup.location,
    resourceGroup: resourceGroup.name,
  })),
];

const grouped = new WeakMap<readonly Recommendation[], ReadonlyMap<string, readonly Recommendation[]>>();

const byTypeOf = (recommendations: readonly Recommendation[]): ReadonlyMap<string, readonly Recommendation[]> => {
  const known = grouped.get(recommendations) ?? Map.groupBy(recommendations, ({ resourceType }) => resourceType);
  grouped.set(recommendations, known);
  return known;
};

/** The assignments at, above and inside a subscription. */
export const assignmentsAround = (
  { policyAssignments, chainOf }: Tenant,
  subscriptionId: string,
): PolicyAssignment[] => {
  const own = `/subscriptions/${subscriptionId}`;
  const chain = new Set(chainOf(own));
  return policyAssignments.filter(({ scope }) => {
    const at = normalised(scope);
    return chain.has(at) || at.startsWith(`${own}/`);
  });
};

/** Everything that Defender assesses in a subscription: with a policy in force, and without one. */
export const standingsIn = (tenant: Tenant, subscription: Subscription): readonly Standing[] => {
  if (subscription.defender !== undefined) return [];
  const byType = byTypeOf(tenant.recommendations);
  const { recommendationsFor = ({ type }: { readonly type: string }) => byType.get(type) ?? [] } = tenant;
  const around = { ...tenant, policyAssignments: assignmentsAround(tenant, subscription.subscriptionId) };
  const holdersAmong = createHolderLookup(around);
  const inForce = createAssignmentsInForce(around.policyAssignments);
  const remedied = new Set(tenant.remedied);
  const standings: Standing[] = [];
  for (const { kind, ...rest } of assessedIn(tenant, subscription)) {
    const resource = { ...rest, chain: tenant.chainOf(rest.id) };
    const assignments = inForce(resource.chain, resource);
    const healthOf = healthUnderneath(resource.name);
    for (const recommendation of recommendationsFor(resource)) {
      const { resourceKind = kind, resourceNames, policyDefinitionId, evaluatedWithoutPolicy } = recommendation;
      const holders = holdersAmong(assignments, policyDefinitionId);
      if (resourceKind !== kind || resourceNames?.includes(resource.name) === false) continue;
      if (holders.length === 0 && !evaluatedWithoutPolicy) continue;
      const isRemedied = remedied.size > 0 && remedied.has(assessmentIdOf({ resource, recommendation }));
      const unhealthy = !isRemedied && healthOf(recommendation.assessmentKey) === 'unhealthy';
      standings.push({ recommendation, resource, holders, unhealthy });
    }
  }
  return standings;
};
