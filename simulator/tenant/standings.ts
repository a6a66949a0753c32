import { extensionId, normalised } from './arm-id.ts';
import { assignmentsInForce, createHolderLookup } from './assignments-in-force.ts';
import type { Holder } from './assignments-in-force.ts';
import { resourceIndexOf } from './resources/resource-index.ts';
import type { PolicyAssignment, Recommendation, Subscription, Tenant } from './tenant.ts';
import { isUnhealthyUnderneath } from './underlying-health.ts';

export type AssessedResource = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
};

/** A recommendation on a resource, before exemptions are considered. */
export type Standing = {
  readonly id: string;
  readonly recommendation: Recommendation;
  readonly resource: AssessedResource;
  readonly chain: readonly string[];
  readonly holders: readonly Holder[];
  readonly unhealthy: boolean;
};

type Assessed = AssessedResource & { readonly kind: string };

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
  const remedied = new Set(tenant.remedied);
  return assessedIn(tenant, subscription).flatMap(({ kind, ...resource }) => {
    const chain = tenant.chainOf(resource.id);
    const assignments = assignmentsInForce(around, resource.id, resource);
    return recommendationsFor(resource)
      .filter(({ resourceKind = kind }) => resourceKind === kind)
      .filter(({ resourceNames }) => resourceNames?.includes(resource.name) ?? true)
      .map((recommendation) => ({
        recommendation,
        holders: holdersAmong(assignments, recommendation.policyDefinitionId),
      }))
      .filter(({ holders, recommendation }) => holders.length > 0 || recommendation.evaluatedWithoutPolicy)
      .map(({ recommendation, holders }) => {
        const { assessmentKey } = recommendation;
        const id = extensionId(resource.id, 'Microsoft.Security/assessments', assessmentKey);
        const unhealthy = isUnhealthyUnderneath(resource.name, assessmentKey) && !remedied.has(id);
        return { id, recommendation, resource, chain, holders, unhealthy };
      });
  });
};
