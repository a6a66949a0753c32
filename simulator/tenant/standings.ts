import { extensionId } from './arm-id.ts';
import { assignmentsInForce, createHolderLookup } from './assignments-in-force.ts';
import type { Holder } from './assignments-in-force.ts';
import type { Recommendation, Tenant } from './tenant.ts';
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

const assessedResources = (tenant: Tenant): readonly (AssessedResource & { readonly kind: string })[] => [
  ...tenant.subscriptions.map(({ subscriptionId, name }) => ({
    id: `/subscriptions/${subscriptionId}`,
    name,
    type: 'Microsoft.Resources/subscriptions',
    kind: '',
    location: '',
    subscriptionId,
    resourceGroup: '',
  })),
  ...tenant.resources.map(({ resourceGroup, ...resource }) => ({
    ...resource,
    location: resourceGroup.location,
    resourceGroup: resourceGroup.name,
  })),
];

/** Everything that Defender assesses: with a policy in force, and without one. */
export const standingsOf = (tenant: Tenant): readonly Standing[] => {
  const byType = Map.groupBy(tenant.recommendations, ({ resourceType }) => resourceType);
  const holdersAmong = createHolderLookup(tenant);
  const remedied = new Set(tenant.remedied);
  return assessedResources(tenant).flatMap(({ kind, ...resource }) => {
    const chain = tenant.chainOf(resource.id);
    const assignments = assignmentsInForce(tenant, resource.id, resource);
    return (byType.get(resource.type) ?? [])
      .filter(({ resourceKind = kind }) => resourceKind === kind)
      .map((recommendation) => ({
        id: extensionId(resource.id, 'Microsoft.Security/assessments', recommendation.assessmentKey),
        recommendation,
        resource,
        chain,
        holders: holdersAmong(assignments, recommendation.policyDefinitionId),
      }))
      .map((one) => ({
        ...one,
        unhealthy: isUnhealthyUnderneath(one.resource.name, one.recommendation.assessmentKey) && !remedied.has(one.id),
      }))
      .filter(({ holders, recommendation }) => holders.length > 0 || recommendation.evaluatedWithoutPolicy);
  });
};
