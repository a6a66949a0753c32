import { roleDefinitions } from '../role-definitions.ts';
import type { RoleDefinition } from '../tenant.ts';
import { guidOf } from './dice.ts';

const custom = (
  roleName: string,
  description: string,
  actions: string[],
  notActions: string[] = [],
): RoleDefinition => ({
  name: guidOf(`role ${roleName}`),
  roleName,
  type: 'CustomRole',
  description,
  actions,
  notActions,
});

/** It may write exemptions, but not exempt from an assignment. */
export const halfApprover = custom('Fabrikam Exemption Writer', 'Writes policy exemptions, as its name says.', [
  '*/read',
  'Microsoft.Authorization/policyExemptions/*',
]);

export const platformOperator = custom(
  'Fabrikam Platform Operator',
  'Everything but policy.',
  ['*'],
  ['Microsoft.Authorization/policyAssignments/*', 'Microsoft.Authorization/policyExemptions/*'],
);

export const fabrikamRoles = (withCustom: boolean): readonly RoleDefinition[] =>
  withCustom ? [...roleDefinitions, halfApprover, platformOperator] : roleDefinitions;
