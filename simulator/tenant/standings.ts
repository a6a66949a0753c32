import { extensionId, groupIdIn, normalised } from './arm-id.ts';
import { createAssignmentsInForce, createHolderLookup } from './assignments-in-force.ts';
import type { Holder } from './assignments-in-force.ts';
import { resourceIndexOf } from './resources/resource-index.ts';
import type { PolicyAssignment, Recommendation, ResourceGroup, Subscription, Tenant } from './tenant.ts';
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

type Assessable = Pick<AssessedResource, 'id' | 'name' | 'type'> & {
  readonly kind: string;
  readonly group: Pick<ResourceGroup, 'name' | 'location'>;
};

/** The subscription itself, what is in it, and what was deleted and not yet forgotten. */
const assessableIn = (tenant: Tenant, { subscriptionId, name }: Subscription): readonly Assessable[] => [
  {
    id: `/subscriptions/${subscriptionId}`,
    name,
    type: 'Microsoft.Resources/subscriptions',
    kind: '',
    group: { name: '', location: '' },
  },
  ...[
    ...(resourceIndexOf(tenant).bySubscription.get(subscriptionId) ?? []),
    ...tenant.goneResources.filter((gone) => gone.subscriptionId === subscriptionId),
  ].map(({ id, name: own, type, kind, resourceGroup }) => ({ id, name: own, type, kind, group: resourceGroup })),
];

/** The assignments in force on resources of a subscription. What is the same for all of a type in a group is found once. */
const createInForce = (tenant: Tenant) => {
  const inForce = createAssignmentsInForce(tenant.policyAssignments);
  const insideGroups = new Set(
    tenant.policyAssignments
      .flatMap(({ scope, notScopes }) => [scope, ...notScopes])
      .map(normalised)
      .filter((scope) => groupIdIn(scope) !== scope),
  );
  const known = new Map<string, readonly PolicyAssignment[]>();
  return (resource: AssessedResource): readonly PolicyAssignment[] => {
    const { chain, type, location, resourceGroup } = resource;
    const own = groupIdIn(chain[0] ?? '');
    if (own === undefined || chain.some((scope) => scope.length > own.length && insideGroups.has(scope)))
      return inForce(chain, resource);
    const key = `${resourceGroup.toLowerCase()} ${type} ${location}`;
    const list = known.get(key) ?? inForce(chain, resource);
    known.set(key, list);
    return list;
  };
};

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
  const inForce = createInForce(around);
  const remedied = new Set(tenant.remedied);
  const standings: Standing[] = [];
  const { subscriptionId } = subscription;
  for (const { id, name, type, kind, group } of assessableIn(tenant, subscription)) {
    const recommendations = recommendationsFor({ id, type });
    if (recommendations.length === 0) continue;
    const spelled = tenant.spelledByDefender?.(id) ?? id;
    const place = { location: group.location, resourceGroup: group.name, chain: tenant.chainOf(id) };
    const resource = { id: spelled, name, type, subscriptionId, ...place };
    const assignments = inForce(resource);
    const healthOf = healthUnderneath(name);
    for (const recommendation of recommendations) {
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
