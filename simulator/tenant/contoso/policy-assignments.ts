import { extensionId, managementGroupId } from '../arm-id.ts';
import { benchmark, nist, requiredTagDefinition, secureTransferDefinition } from '../catalogue/initiatives.ts';
import { corpBaseline } from './corp-baseline.ts';
import type { Estate } from './estate.ts';
import type { PolicyAssignment } from '../tenant.ts';

type AssignmentPlan = Omit<PolicyAssignment, 'id' | 'notScopes' | 'assignedBy'> & {
  readonly notScopes?: readonly string[];
  readonly assignedBy?: string;
};

const assign = ({ notScopes = [], assignedBy = 'Pat Portal', ...plan }: AssignmentPlan): PolicyAssignment => ({
  id: extensionId(plan.scope, 'Microsoft.Authorization/policyAssignments', plan.name),
  notScopes,
  assignedBy,
  ...plan,
});

export const subscriptionScope = ({ subscriptions }: Estate, name: string): string =>
  `/subscriptions/${subscriptions.find((subscription) => subscription.name === name)?.subscriptionId ?? ''}`;

export const groupScope = ({ resourceGroups }: Estate, name: string): string =>
  resourceGroups.find((group) => group.name === name)?.id ?? '';

/** The policy assignments of Contoso at the start of its story. */
export const firstPolicyAssignments = (estate: Estate): PolicyAssignment[] => {
  const shop = subscriptionScope(estate, 'shop-prod');
  return [
    assign({
      name: 'Deploy-MDC-MCSB',
      scope: managementGroupId('contoso'),
      displayName: 'Microsoft cloud security benchmark',
      policyDefinitionId: benchmark.id,
      notScopes: [subscriptionScope(estate, 'sandbox-2')],
    }),
    assign({
      name: 'SecurityCenterBuiltIn',
      scope: shop,
      displayName: `ASC Default (subscription: ${shop.slice('/subscriptions/'.length)})`,
      policyDefinitionId: benchmark.id,
      assignedBy: 'Security Center',
    }),
    assign({
      name: 'nist-sp-800-53-r5',
      scope: managementGroupId('landingzones'),
      displayName: 'NIST SP 800-53 Rev. 5',
      policyDefinitionId: nist.id,
    }),
    assign({
      name: 'corp-baseline',
      scope: managementGroupId('corp'),
      displayName: 'Corp security baseline',
      policyDefinitionId: corpBaseline.id,
    }),
    assign({
      name: 'secure-transfer',
      scope: groupScope(estate, 'rg-corp-web'),
      displayName: 'Secure transfer for the intranet',
      policyDefinitionId: secureTransferDefinition,
    }),
    assign({
      name: 'require-owner-tag',
      scope: shop,
      displayName: 'Every resource names its owner',
      policyDefinitionId: requiredTagDefinition,
    }),
  ];
};
