import { specAt, type Schema, type Shape } from './shape.ts';

const authorization = 'authorization/resource-manager/Microsoft.Authorization/Authorization/stable';
const inVersion2022 = (file: string): string =>
  specAt(`${authorization}/2022-04-01/authorization-${file}.json`, '09b60aee9575b5dfd34c24f2b64a4c8e1607ee26');

/** The filters that the definitions describe, and their conjunction, as Microsoft documents it for assignments at a scope. */
const filters: Schema = {
  type: 'string',
  pattern: "^(atScope\\(\\)|assignedTo\\('[0-9a-fA-F-]{36}'\\)|atScope\\(\\) and assignedTo\\('[0-9a-fA-F-]{36}'\\))$",
};

const list = (type: string, rest: Omit<Shape, 'call'>): Shape => ({
  call: `GET {scope}/providers/Microsoft.Authorization/${type}`,
  ...rest,
});

/** Roles, deny assignments, permissions, locks and the provider itself. */
export const authorizationShapes: readonly Shape[] = [
  list('roleAssignments', {
    apiVersion: '2022-04-01',
    source: inVersion2022('RoleAssignmentsCalls'),
    query: { $filter: filters, tenantId: { type: 'string' }, $skipToken: { type: 'string' } },
  }),
  list('denyAssignments', {
    apiVersion: '2022-04-01',
    source: inVersion2022('DenyAssignmentCalls'),
    query: { $filter: filters },
  }),
  list('roleEligibilityScheduleInstances', {
    apiVersion: '2020-10-01',
    source: specAt(
      `${authorization}/2020-10-01/RoleEligibilityScheduleInstance.json`,
      '1a5eebb5a7e9527caf25fc7d14fec34907ee4334',
    ),
    query: { $filter: filters },
  }),
  list('permissions', { apiVersion: '2022-04-01', source: inVersion2022('RoleDefinitionsCalls') }),
  {
    call: 'GET {scope}/providers/Microsoft.Authorization/roleDefinitions/{name}',
    apiVersion: '2022-04-01',
    source: inVersion2022('RoleDefinitionsCalls'),
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
      'resources/resource-manager/Microsoft.Resources/stable/2021-04-01/resources.json',
      '7ab3f07d237b768f509ad8753f6f16f62dc68d5b',
    ),
  },
];
