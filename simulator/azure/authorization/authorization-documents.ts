import { extensionId, subscriptionIdOf } from '../../tenant/arm-id.ts';
import { conditionFields } from '../../tenant/role-condition.ts';
import type { DenyAssignment, RoleAssignment, RoleDefinition, RoleEligibility } from '../../tenant/tenant.ts';

/** Azure spells the id of a role under the subscription of an assignment, and without one elsewhere. */
const roleIdAt = (scope: string, role: string): string => {
  const subscriptionId = subscriptionIdOf(scope);
  const prefix = subscriptionId === '' ? '' : `/subscriptions/${subscriptionId}`;
  return extensionId(prefix, 'Microsoft.Authorization/roleDefinitions', role);
};

const made = {
  createdOn: '2025-05-05T05:05:05.0000000Z',
  updatedOn: '2025-05-05T05:05:05.0000000Z',
  createdBy: '00000000-0000-4000-8000-000000000199',
  updatedBy: '00000000-0000-4000-8000-000000000199',
};

export const roleAssignmentDocument = ({
  name,
  scope,
  role,
  principalId,
  principalType,
  condition,
}: RoleAssignment) => ({
  properties: {
    roleDefinitionId: roleIdAt(scope, role),
    principalId,
    principalType,
    scope,
    ...conditionFields(condition),
    ...made,
    delegatedManagedIdentityResourceId: null,
    description: null,
  },
  id: extensionId(scope, 'Microsoft.Authorization/roleAssignments', name),
  type: 'Microsoft.Authorization/roleAssignments',
  name,
});

/** Azure leaves the fields of a condition out where there is none. */
export const permissionOf = ({
  actions,
  notActions,
  condition,
}: Pick<RoleDefinition, 'actions' | 'notActions' | 'condition'>) => ({
  actions,
  notActions,
  dataActions: [],
  notDataActions: [],
  ...(condition !== undefined && conditionFields(condition)),
});

export const roleDefinitionDocument = (scope: string, definition: RoleDefinition) => ({
  properties: {
    roleName: definition.roleName,
    type: definition.type,
    description: definition.description,
    assignableScopes: ['/'],
    permissions: [permissionOf(definition)],
    isServiceRole: false,
    ...made,
  },
  id: roleIdAt(scope, definition.name),
  type: 'Microsoft.Authorization/roleDefinitions',
  name: definition.name,
});

const everyone = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };

export const denyAssignmentDocument = (denial: DenyAssignment) => ({
  properties: {
    denyAssignmentName: denial.displayName,
    description: '',
    permissions: [permissionOf({ actions: denial.actions, notActions: denial.notActions })],
    ...conditionFields(denial.condition),
    scope: denial.scope,
    doNotApplyToChildScopes: false,
    principals: denial.principals.map((id) => (id === 'everyone' ? everyone : { id, type: 'User' })),
    excludePrincipals: denial.excludePrincipals.map((id) => ({ id, type: 'ServicePrincipal' })),
    isSystemProtected: true,
  },
  id: extensionId(denial.scope, 'Microsoft.Authorization/denyAssignments', denial.name),
  type: 'Microsoft.Authorization/denyAssignments',
  name: denial.name,
});

export const eligibilityDocument = ({ name, scope, role, principalId, condition }: RoleEligibility) => ({
  properties: {
    roleEligibilityScheduleId: extensionId(scope, 'Microsoft.Authorization/roleEligibilitySchedules', name),
    scope,
    roleDefinitionId: roleIdAt(scope, role),
    principalId,
    principalType: 'User',
    status: 'Provisioned',
    memberType: 'Direct',
    startDateTime: '2025-05-05T05:05:05.000Z',
    endDateTime: null,
    ...conditionFields(condition),
    createdOn: made.createdOn,
  },
  id: extensionId(scope, 'Microsoft.Authorization/roleEligibilityScheduleInstances', name),
  type: 'Microsoft.Authorization/roleEligibilityScheduleInstances',
  name,
});
