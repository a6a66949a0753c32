import { managementGroupId } from '../arm-id.ts';
import type { Estate } from './estate.ts';
import { inventory } from '../../entra/applications.ts';
import { botPrincipal } from '../person.ts';
import { people, tenantId } from './people.ts';
import { groupScope, subscriptionScope } from './policy-assignments.ts';
import { roles } from '../role-definitions.ts';
import type { DenyAssignment, Group, Principal, RoleAssignment, RoleEligibility } from '../tenant.ts';

const objectIdOf = (key: string): string => people.find((person) => person.key === key)?.objectId ?? '';

/** Somebody of the security team who works in the portal and never talks to the bot. */
export const patPortal: Principal = {
  key: 'pat',
  objectId: '00000000-0000-4000-8000-000000000199',
  signature: 'pat@contoso.com',
  type: 'User',
};

export const principals: readonly Principal[] = [
  ...people.map(({ key, objectId, userPrincipalName }): Principal => ({
    key,
    objectId,
    signature: userPrincipalName,
    type: 'User',
  })),
  patPortal,
  { key: inventory.key, objectId: inventory.objectId, signature: inventory.objectId, type: 'Application' },
  { key: botPrincipal.key, objectId: botPrincipal.objectId, signature: botPrincipal.objectId, type: 'Application' },
];

const cloudSecurity: Group = {
  id: '00000000-0000-4000-8000-000000000201',
  displayName: 'Cloud Security',
  members: [objectIdOf('bob'), patPortal.objectId],
};
const informationTechnology: Group = {
  id: '00000000-0000-4000-8000-000000000202',
  displayName: 'Information Technology',
  members: [cloudSecurity.id, objectIdOf('erin')],
};

export const groups: readonly Group[] = [cloudSecurity, informationTechnology];

const named = (number: number): string => `0a551600-0000-4000-8000-${number.toString().padStart(12, '0')}`;

/** The role assignments at the start of the story. Dan and Gina have none; Frank's is only eligible. */
export const firstRoleAssignments = (estate: Estate): RoleAssignment[] => [
  {
    name: named(1),
    scope: groupScope(estate, 'rg-shop-prod'),
    role: roles.reader,
    principalId: objectIdOf('alice'),
    principalType: 'User',
  },
  {
    name: named(2),
    scope: managementGroupId('contoso'),
    role: roles.securityAdmin,
    principalId: cloudSecurity.id,
    principalType: 'Group',
  },
  {
    name: named(3),
    scope: managementGroupId('contoso'),
    role: roles.securityReader,
    principalId: objectIdOf('carol'),
    principalType: 'User',
  },
  {
    name: named(4),
    scope: subscriptionScope(estate, 'corp-data'),
    role: roles.owner,
    principalId: objectIdOf('erin'),
    principalType: 'User',
  },
  {
    name: named(5),
    scope: managementGroupId(tenantId),
    role: roles.exemptionDesk,
    principalId: botPrincipal.objectId,
    principalType: 'ServicePrincipal',
  },
  {
    name: named(6),
    scope: groupScope(estate, 'rg-shop-prod'),
    role: roles.reader,
    principalId: inventory.objectId,
    principalType: 'ServicePrincipal',
  },
];

export const firstEligibilities = (): RoleEligibility[] => [
  {
    name: '0e119161-0000-4000-8000-000000000001',
    scope: managementGroupId('contoso'),
    role: roles.securityAdmin,
    principalId: objectIdOf('frank'),
  },
];

/** Databricks protects the resource group that it manages from everybody else. */
export const firstDenyAssignments = (estate: Estate): DenyAssignment[] => [
  {
    name: '0de11000-0000-4000-8000-000000000001',
    displayName: 'System deny assignment created by Azure Databricks dbw-corp-analytics',
    scope: groupScope(estate, 'databricks-rg-dbw-corp-analytics-x7k2q'),
    actions: ['*'],
    notActions: ['*/read'],
    principals: ['everyone'],
    excludePrincipals: ['00000000-0000-4000-8000-000000000301'],
  },
];
