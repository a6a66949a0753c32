import { patPortal } from './access.ts';
import { extensionId } from '../arm-id.ts';
import { holdersInForce } from '../assignments-in-force.ts';
import { recommendations } from '../catalogue/recommendations.ts';
import type { Estate } from './estate.ts';
import { exemptionBy } from '../exemption-by-person.ts';
import { groupScope, subscriptionScope } from './policy-assignments.ts';
import type { PolicyExemption } from '../policy-exemption.ts';
import type { Tenant } from '../tenant.ts';

const dayInMs = 86_400_000;
const daysAfter = (start: Date, days: number): Date => new Date(start.getTime() + days * dayInMs);

type ExemptionPlan = {
  readonly scope: string;
  /** The beginning of a recommendation's key. */
  readonly recommendation: string;
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly daysLeft?: number;
  readonly madeDaysAgo: number;
};

const resourceScope = ({ resources }: Estate, name: string): string =>
  resources.find((resource) => resource.name === name)?.id ?? '';

const plansFor = (estate: Estate): readonly ExemptionPlan[] => [
  {
    scope: resourceScope(estate, 'vm-shop-2'),
    recommendation: '805651bc',
    name: 'ASC-vm-shop-2-jit',
    category: 'Waiver',
    description: 'Break-glass machine of the shop; its management ports are watched around the clock.',
    daysLeft: 60,
    madeDaysAgo: 30,
  },
  {
    scope: resourceScope(estate, 'kv-hr'),
    recommendation: '52f7826a',
    name: 'ASC-kv-hr-firewall',
    category: 'waiver',
    description: 'The payroll provider moves to a private endpoint this quarter.',
    daysLeft: 6,
    madeDaysAgo: 84,
  },
  {
    scope: resourceScope(estate, 'sql-corp-hr'),
    recommendation: '94208a8b',
    name: 'ASC-sql-corp-hr-auditing',
    category: 'Waiver',
    description: 'Auditing follows with the new workspace.',
    daysLeft: -10,
    madeDaysAgo: 100,
  },
  {
    scope: subscriptionScope(estate, 'connectivity'),
    recommendation: '6c99f570',
    name: 'guest-configuration-of-appliances',
    category: 'Mitigated',
    description: 'Network appliances are hardened images that their vendor checks.',
    madeDaysAgo: 200,
  },
];

const exemptionsOf = (tenant: Tenant, plan: ExemptionPlan): readonly PolicyExemption[] => {
  const definition = recommendations.find(({ assessmentKey }) => assessmentKey.startsWith(plan.recommendation));
  const holders = holdersInForce(tenant, plan.scope, definition?.policyDefinitionId ?? '');
  return holders.map(({ assignment, referenceIds }) =>
    exemptionBy(
      patPortal,
      daysAfter(tenant.createdAt, -plan.madeDaysAgo),
      plan.scope,
      `${plan.name}-${assignment.name}`,
      {
        policyAssignmentId: assignment.id,
        policyDefinitionReferenceIds: referenceIds,
        exemptionCategory: plan.category,
        displayName: plan.name,
        description: plan.description,
        ...(plan.daysLeft !== undefined && { expiresOn: daysAfter(tenant.createdAt, plan.daysLeft).toISOString() }),
      },
    ),
  );
};

const unusualOnes = (tenant: Tenant, estate: Estate): readonly PolicyExemption[] => {
  const assignmentId = (name: string): string => tenant.policyAssignments.find((one) => one.name === name)?.id ?? '';
  const corp = subscriptionScope(estate, 'corp-prod');
  const longAgo = daysAfter(tenant.createdAt, -300);
  return [
    exemptionBy(patPortal, longAgo, corp, 'legacy-baseline', {
      policyAssignmentId: extensionId(corp, 'Microsoft.Authorization/policyAssignments', 'legacy-baseline'),
      policyDefinitionReferenceIds: ['diskEncryptionMonitoring'],
      exemptionCategory: 'Waiver',
      displayName: 'Legacy baseline',
      description: 'The assignment behind this exemption was deleted.',
    }),
    exemptionBy(patPortal, longAgo, groupScope(estate, 'rg-sandbox-anna'), 'sandbox-anna-all', {
      policyAssignmentId: assignmentId('Deploy-MDC-MCSB'),
      exemptionCategory: 'Waiver',
      displayName: 'Everything in the sandbox of Anna',
      description: 'Short-lived experiments without real data.',
      expiresOn: daysAfter(tenant.createdAt, 90).toISOString(),
    }),
    exemptionBy(patPortal, longAgo, groupScope(estate, 'rg-connectivity'), 'logs-of-the-vault', {
      policyAssignmentId: assignmentId('Deploy-MDC-MCSB'),
      policyDefinitionReferenceIds: ['diagnosticsLogsInKeyVaultMonitoring'],
      exemptionCategory: 'Waiver',
      displayName: 'Logs of the connectivity vault',
      description: 'Kept in code by the platform team.',
      expiresOn: daysAfter(tenant.createdAt, 120).toISOString(),
      metadata: { pacOwnerId: 'c0ffee00-0000-4000-8000-000000000001', deployedBy: 'epac/platform/contoso' },
    }),
    exemptionBy(patPortal, longAgo, groupScope(estate, 'rg-shop-platform'), 'owner-tag-of-platform', {
      policyAssignmentId: assignmentId('require-owner-tag'),
      exemptionCategory: 'Waiver',
      displayName: 'Owner tag of the shop platform',
      description: 'The owner is named by the group, not by its resources.',
      expiresOn: daysAfter(tenant.createdAt, 30).toISOString(),
    }),
  ];
};

/** Exemptions of every kind that existed before the bot came; their dates count from the creation of the tenant. */
export const firstExemptions = (tenant: Tenant, estate: Estate): readonly PolicyExemption[] => [
  ...plansFor(estate).flatMap((plan) => exemptionsOf(tenant, plan)),
  ...unusualOnes(tenant, estate),
];
