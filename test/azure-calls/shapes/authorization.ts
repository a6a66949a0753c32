import { specAt, type Schema, type Shape } from './shape.ts';

const authorization = 'authorization/resource-manager/Microsoft.Authorization';

/**
 * The filters of role assignments that Microsoft documents: the definition names atScope(), MicrosoftDocs/azure-docs
 * articles/role-based-access-control/role-assignments-list-rest.md @0088bfa77543e07f8a41771de8db977ddfc62e1d all three.
 */
const filters: Schema = {
  type: 'string',
  pattern: "^(atScope\\(\\)|assignedTo\\('[0-9a-fA-F-]{36}'\\)|atScope\\(\\) and assignedTo\\('[0-9a-fA-F-]{36}'\\))$",
};

const definitionsOfRoles = specAt(
  `${authorization}/Authorization/stable/2022-04-01/authorization-RoleDefinitionsCalls.json`,
  'ab9b9c01ebe31245dd14cf58c8b783dbf136777c',
);

const list = (type: string, rest: Omit<Shape, 'call'>): Shape => ({
  call: `GET {scope}/providers/Microsoft.Authorization/${type}`,
  ...rest,
});

/** Roles, deny assignments, permissions, locks and the provider itself. */
export const authorizationShapes: readonly Shape[] = [
  list('roleAssignments', {
    apiVersion: '2022-04-01',
    source: specAt(
      `${authorization}/stable/2022-04-01/authorization-RoleAssignmentsCalls.json`,
      '007a51db374076edb902fd44eb8299eea6336335',
    ),
    // The definition gives $skipToken to lists of a provider only; the link to the next page carries it.
    query: { $filter: filters, tenantId: { type: 'string' }, $skipToken: { type: 'string' } },
  }),
  list('denyAssignments', {
    apiVersion: '2022-04-01',
    source: specAt(
      `${authorization}/Authorization/stable/2022-04-01/authorization-DenyAssignmentCalls.json`,
      '09b60aee9575b5dfd34c24f2b64a4c8e1607ee26',
    ),
    // The definition has filters by name and by principal too, but none by assignedTo.
    query: { $filter: { const: 'atScope()' } },
  }),
  list('roleEligibilityScheduleInstances', {
    apiVersion: '2020-10-01',
    source: specAt(
      `${authorization}/Authorization/stable/2020-10-01/RoleEligibilityScheduleInstance.json`,
      '1a5eebb5a7e9527caf25fc7d14fec34907ee4334',
    ),
    query: { $filter: filters },
  }),
  // The definition knows resource groups and resources only.
  list('permissions', { apiVersion: '2022-04-01', source: definitionsOfRoles }),
  {
    call: 'GET {scope}/providers/Microsoft.Authorization/roleDefinitions/{name}',
    apiVersion: '2022-04-01',
    source: definitionsOfRoles,
    name: { type: 'string', format: 'uuid' },
  },
  list('locks', {
    apiVersion: '2020-05-01',
    source: specAt(
      'resources/resource-manager/Microsoft.Authorization/locks/stable/2020-05-01/locks.json',
      'cb9c962df23588a52798bba93f8bf02d9c2b9cab',
    ),
  }),
  {
    call: 'GET /providers/Microsoft.Authorization',
    apiVersion: '2021-04-01',
    source: specAt(
      'resources/resource-manager/Microsoft.Resources/resources/stable/2021-04-01/resources.json',
      '54923347f07c69f929305d5c2fd3fa7fda1dab96',
    ),
  },
];
