import type { RoleDefinition } from './tenant.ts';

export const roles = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  securityAdmin: 'fb1c8493-542b-48eb-b624-b4c8fea62acd',
  securityReader: '39bc4728-0917-49c7-9d2c-d95423bc2eb4',
  resourcePolicyContributor: '36243c78-bf99-498c-9df9-86d9f8d28608',
  exemptionDesk: 'c0de0000-0000-4000-8000-000000000001',
};

const builtIn = (
  name: string,
  roleName: string,
  description: string,
  actions: readonly string[],
  notActions: readonly string[] = [],
): RoleDefinition => ({ name, roleName, type: 'BuiltInRole', description, actions, notActions });

const noActionOfContributor = [
  'Microsoft.Authorization/*/Delete',
  'Microsoft.Authorization/*/Write',
  'Microsoft.Authorization/elevateAccess/Action',
  'Microsoft.Blueprint/blueprintAssignments/write',
  'Microsoft.Blueprint/blueprintAssignments/delete',
  'Microsoft.Compute/galleries/share/action',
];

const policyActions = [
  'Microsoft.Authorization/policyAssignments/*',
  'Microsoft.Authorization/policyDefinitions/*',
  'Microsoft.Authorization/policyExemptions/*',
  'Microsoft.Authorization/policySetDefinitions/*',
];

/** Built-in roles with Azure's own ids and actions, and the least-privilege role of the bot. */
export const roleDefinitions: readonly RoleDefinition[] = [
  builtIn(roles.owner, 'Owner', 'Manages everything, including access.', ['*']),
  builtIn(roles.contributor, 'Contributor', 'Manages everything but access.', ['*'], noActionOfContributor),
  builtIn(roles.reader, 'Reader', 'Sees everything and changes nothing.', ['*/read']),
  builtIn(roles.securityAdmin, 'Security Admin', 'Manages security policy and its states.', [
    'Microsoft.Authorization/*/read',
    ...policyActions,
    'Microsoft.Insights/alertRules/*',
    'Microsoft.Management/managementGroups/read',
    'Microsoft.operationalInsights/workspaces/*/read',
    'Microsoft.Resources/deployments/*',
    'Microsoft.Resources/subscriptions/resourceGroups/read',
    'Microsoft.Security/*',
    'Microsoft.Support/*',
  ]),
  builtIn(roles.securityReader, 'Security Reader', 'Sees security policy and its states.', [
    'Microsoft.Authorization/*/read',
    'Microsoft.Insights/alertRules/read',
    'Microsoft.operationalInsights/workspaces/*/read',
    'Microsoft.Resources/deployments/*/read',
    'Microsoft.Resources/subscriptions/resourceGroups/read',
    'Microsoft.Security/*/read',
    'Microsoft.Support/*/read',
    'Microsoft.Management/managementGroups/read',
  ]),
  builtIn(roles.resourcePolicyContributor, 'Resource Policy Contributor', 'Manages policy and its exemptions.', [
    '*/read',
    ...policyActions,
    'Microsoft.PolicyInsights/*',
    'Microsoft.Resources/deployments/*',
    'Microsoft.Support/*',
  ]),
  {
    name: roles.exemptionDesk,
    roleName: 'Exemption Desk',
    type: 'CustomRole',
    description: 'Reads recommendations and policy, writes policy exemptions.',
    actions: [
      'Microsoft.Authorization/policyExemptions/read',
      'Microsoft.Authorization/policyExemptions/write',
      'Microsoft.Authorization/policyExemptions/delete',
      'Microsoft.Authorization/policyAssignments/read',
      'Microsoft.Authorization/policyAssignments/exempt/action',
      'Microsoft.Authorization/policySetDefinitions/read',
      'Microsoft.Authorization/policySetDefinitions/versions/read',
      'Microsoft.Authorization/roleAssignments/read',
      'Microsoft.Authorization/roleDefinitions/read',
      'Microsoft.Authorization/denyAssignments/read',
      'Microsoft.Authorization/permissions/read',
      'Microsoft.Authorization/locks/read',
      'Microsoft.Authorization/roleEligibilityScheduleInstances/read',
      'Microsoft.PolicyInsights/*/read',
      'Microsoft.Security/*/read',
      'Microsoft.Resources/subscriptions/read',
      'Microsoft.Management/managementGroups/read',
      'Microsoft.ResourceGraph/resources/read',
    ],
    notActions: [],
  },
];
