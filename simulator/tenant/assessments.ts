import { durationInMs } from '../clock.ts';
import { extensionId } from './arm-id.ts';
import { assignmentsInForce, createHolderLookup } from './assignments-in-force.ts';
import type { Holder } from './assignments-in-force.ts';
import { indexExemptions } from './exemptions-in-force.ts';
import type { ExemptionIndex } from './exemptions-in-force.ts';
import { isUnhealthyUnderneath } from './underlying-health.ts';
import type { Recommendation, Tenant } from './tenant.ts';

type AssessedResource = {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
};
type AssessmentStatus = {
  readonly code: 'Healthy' | 'Unhealthy' | 'NotApplicable';
  readonly cause?: 'Exempt';
  readonly description?: string;
  readonly firstEvaluationDate: string;
  readonly statusChangeDate: string;
};
export type Assessment = {
  readonly id: string;
  readonly recommendation: Recommendation;
  readonly resource: AssessedResource;
  readonly status: AssessmentStatus;
  /** Only while exempt: a mitigated one still counts as healthy in the secure score. */
  readonly mitigated: boolean;
};
export type Assessments = { readonly all: () => readonly Assessment[] };

type Standing = Omit<Assessment, 'status' | 'mitigated'> & {
  readonly chain: readonly string[];
  readonly holders: readonly Holder[];
  readonly unhealthy: boolean;
};

const assessedResources = (tenant: Tenant): readonly (AssessedResource & { type: string; kind: string })[] => [
  ...tenant.subscriptions.map(({ subscriptionId, name }) => ({
    id: `/subscriptions/${subscriptionId}`,
    name,
    type: 'Microsoft.Resources/subscriptions',
    kind: '',
    subscriptionId,
    resourceGroup: '',
  })),
  ...tenant.resources.map((resource) => ({ ...resource, resourceGroup: resource.resourceGroup.name })),
];

const recommendationsByType = ({ recommendations }: Tenant): ReadonlyMap<string, readonly Recommendation[]> =>
  Map.groupBy(recommendations, ({ resourceType }) => resourceType);

const standingsOf = (tenant: Tenant): readonly Standing[] => {
  const byType = recommendationsByType(tenant);
  const holdersAmong = createHolderLookup(tenant);
  return assessedResources(tenant).flatMap((resource) => {
    const chain = tenant.chainOf(resource.id);
    const assignments = assignmentsInForce(tenant, resource.id);
    return (byType.get(resource.type) ?? [])
      .filter(({ resourceKind = resource.kind }) => resourceKind === resource.kind)
      .map((recommendation) => ({
        id: extensionId(resource.id, 'Microsoft.Security/assessments', recommendation.assessmentKey),
        recommendation,
        resource,
        chain,
        holders: holdersAmong(assignments, recommendation.policyDefinitionId),
        unhealthy: isUnhealthyUnderneath(resource.name, recommendation.assessmentKey),
      }))
      .filter(({ holders, recommendation }) => holders.length > 0 || recommendation.evaluatedWithoutPolicy);
  });
};

const dayInMs = 86_400_000;

const assess = (standing: Standing, exemptions: ExemptionIndex, createdAt: Date): Assessment => {
  const { chain, holders, unhealthy, ...rest } = standing;
  const long = new Date(createdAt.getTime() - 200 * dayInMs).toISOString();
  const covering = holders.map((holder) => exemptions.covering(holder, chain));
  const isExempt = covering.length > 0 && covering.every((found) => found.length > 0);
  if (!isExempt) {
    const code = unhealthy ? 'Unhealthy' : 'Healthy';
    return { ...rest, status: { code, firstEvaluationDate: long, statusChangeDate: long }, mitigated: false };
  }
  const found = covering.flat();
  const latest =
    found
      .map(({ systemData }) => systemData.lastModifiedAt)
      .toSorted()
      .at(-1) ?? long;
  const status: AssessmentStatus = {
    code: 'NotApplicable',
    cause: 'Exempt',
    description: 'Exempt',
    firstEvaluationDate: long,
    statusChangeDate: latest,
  };
  const mitigated = found.every(({ properties }) => properties.exemptionCategory.toLowerCase() === 'mitigated');
  return { ...rest, status, mitigated };
};

/**
 * Defender's view of the tenant, computed when asked. An assessment is exempt while every assignment in force that
 * holds its policy definition is exempted there, `effectDelay` after the writes; else it shows the underlying health.
 */
export const createAssessments = (tenant: Tenant): Assessments => {
  let standings: { readonly signature: string; readonly value: readonly Standing[] } | undefined;
  let assessed: { readonly signature: string; readonly value: readonly Assessment[] } | undefined;
  return {
    all: () => {
      const policy = tenant.policyAssignments.map(({ id, notScopes }) => [id, ...notScopes].join(' ')).join('\n');
      if (standings?.signature !== policy) standings = { signature: policy, value: standingsOf(tenant) };
      const now = tenant.now();
      const seen = new Date(now.getTime() - durationInMs(tenant.settings.effectDelay));
      const exemptions = indexExemptions(tenant.exemptions.allAsOf(seen), now);
      const signature = `${exemptions.signature}\n${policy}`;
      if (assessed?.signature === signature) return assessed.value;
      const value = standings.value.map((standing) => assess(standing, exemptions, tenant.createdAt));
      assessed = { signature, value };
      return value;
    },
  };
};
