import { managementGroupId } from '../arm-id.ts';
import { systemDataFor } from '../exemption-by-person.ts';
import type { Principal, StandardAssignment, Tenant } from '../tenant.ts';
import { guidOf, roll } from './dice.ts';
import { patPortal } from './people.ts';
import { parts, subscriptionIdAt } from './subscriptions.ts';

const dayInMs = 86_400_000;
/** The recommendation behind which Defender keeps rules about single CVEs. */
const cveKey = '122e0164-4019-4126-8c64-b0816b49505f';

/** Exemptions made in Defender's own pages: for individual recommendations, for a management group, and for two CVEs. */
export const standardAssignmentsOf = (
  {
    subscriptions,
    resources,
    recommendations,
    createdAt,
  }: Pick<Tenant, 'subscriptions' | 'resources' | 'recommendations' | 'createdAt'>,
  employees: readonly Principal[],
): StandardAssignment[] => {
  const keys = recommendations.filter(({ policyDefinitionId }) => policyDefinitionId === undefined);
  const exempt = (scope: string, seed: string, more: Readonly<Record<string, unknown>> = {}): StandardAssignment => ({
    name: guidOf(`standard assignment ${seed}`),
    scope,
    properties: {
      displayName: `Accepted in Defender (${seed})`,
      description: 'Accepted by the owner of the workload.',
      effect: 'Exempt',
      expiresOn: new Date(createdAt.getTime() + (5 + roll(`end ${seed}`, 300)) * dayInMs).toISOString(),
      exemptionData: {
        exemptionCategory: 'waiver',
        assignedAssessment: { assessmentKey: keys[roll(`key ${seed}`, keys.length)]?.assessmentKey ?? '' },
      },
      ...more,
    },
    systemData: systemDataFor(
      employees[roll(`maker ${seed}`, employees.length)] ?? patPortal,
      new Date(createdAt.getTime() - (1 + roll(`age ${seed}`, 300)) * dayInMs),
    ),
  });
  const onResources = subscriptions.flatMap(({ subscriptionId }, position) => {
    const resource = resources[roll(`exempt ${subscriptionId}`, resources.length)];
    return resource === undefined ? [] : [exempt(resource.id, `${position + 1}`)];
  });
  const cves = {
    exemptionCategory: 'waiver',
    assignedAssessment: { assessmentKey: cveKey },
    subAssessmentExemptionRule: {
      if: {
        allOf: [
          {
            field: 'va.cve.cveId',
            operationType: 'ContainedInOperation',
            operation: { values: [{ title: 'CVE-2025-1111' }, { title: 'CVE-2025-2222' }] },
          },
        ],
      },
    },
  };
  return [
    ...onResources,
    exempt(managementGroupId('fab-sandbox'), 'the sandbox'),
    exempt(`/subscriptions/${subscriptionIdAt(parts.hub)}`, 'two CVEs', {
      assignedStandard: null,
      exemptionData: cves,
    }),
  ];
};
