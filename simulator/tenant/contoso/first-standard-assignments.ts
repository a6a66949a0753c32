import { patPortal } from './access.ts';
import { recommendations } from '../catalogue/recommendations.ts';
import type { Estate } from './estate.ts';
import { systemDataFor } from '../exemption-by-person.ts';
import type { StandardAssignment } from '../tenant.ts';

const benchmarkStandard = '/providers/Microsoft.Security/Standards/1f3afdf9-d0c9-4c3d-847f-89da613e70a8';

/** “Machines should have vulnerability findings resolved”, which Microsoft retired in July 2026. */
const vulnerabilityFindings = '1195afff-c881-495e-9bc5-1486211ae03f';

const dayInMs = 86_400_000;

/** The ordinary assignment of the benchmark, and two exemptions made in Defender's own pages, one of a recommendation that is gone. */
export const firstStandardAssignments = ({ subscriptions, resources }: Estate, now: Date): StandardAssignment[] => {
  const [shop] = subscriptions;
  const named = (name: string): string => resources.find((resource) => resource.name === name)?.id ?? '';
  const restart = recommendations.find(({ assessmentKey }) => assessmentKey.startsWith('d79a60ef'));
  const madeAt = new Date(now.getTime() - 40 * dayInMs);
  const systemData = systemDataFor(patPortal, madeAt);
  return [
    {
      name: '57a0da2d-0000-4000-8000-000000000001',
      scope: `/subscriptions/${shop?.subscriptionId ?? ''}`,
      properties: {
        displayName: 'Microsoft cloud security benchmark',
        description: '',
        assignedStandard: { id: benchmarkStandard },
        effect: 'Audit',
        excludedScopes: [],
      },
      systemData,
    },
    {
      name: '57a0da2d-0000-4000-8000-000000000002',
      scope: named('vm-intranet-1'),
      properties: {
        displayName: 'Restart of the intranet waits for the freeze to end',
        description: 'The intranet restarts in the next maintenance window, after the year-end freeze.',
        assignedStandard: { id: benchmarkStandard },
        effect: 'Exempt',
        expiresOn: new Date(now.getTime() + 45 * dayInMs).toISOString(),
        exemptionData: {
          exemptionCategory: 'waiver',
          assignedAssessment: { assessmentKey: restart?.assessmentKey ?? '' },
        },
      },
      systemData,
    },
    {
      name: '57a0da2d-0000-4000-8000-000000000003',
      scope: named('vm-hr-1'),
      properties: {
        displayName: 'Findings of the payroll machine',
        description: 'The vendor updates the machine; its findings are not ours to resolve.',
        effect: 'Exempt',
        exemptionData: { exemptionCategory: 'Waiver', assignedAssessment: { assessmentKey: vulnerabilityFindings } },
      },
      systemData: systemDataFor(patPortal, new Date(now.getTime() - 400 * dayInMs)),
    },
  ];
};
