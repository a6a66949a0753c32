import { managementGroupId } from '../arm-id.ts';
import { botPrincipal } from '../person.ts';
import { roles } from '../role-definitions.ts';
import type { Principal, RoleAssignment, Subscription } from '../tenant.ts';
import { guidOf, roll } from './dice.ts';
import type { FabrikamEstate } from './estate.ts';
import type { Groups } from './groups.ts';
import type { Oddity } from './oddities.ts';
import { objectIdOf, programs, tenantId } from './people.ts';
import { halfApprover, platformOperator } from './roles.ts';
import { parts, subscriptionIdAt } from './subscriptions.ts';

type Grant = Omit<RoleAssignment, 'name'>;

const grant = (scope: string, role: string, principalId: string, more: Partial<Grant> = {}): RoleAssignment => ({
  name: guidOf(`grant ${scope} ${role} ${principalId}`),
  scope,
  role,
  principalId,
  principalType: 'User',
  ...more,
});

const toGroup = { principalType: 'Group' } as const;
const toProgram = { principalType: 'ServicePrincipal' } as const;
const at = (position: number): string => `/subscriptions/${subscriptionIdAt(position)}`;

/** The portal's template "Allow user to assign all roles except privileged administrator roles". */
const allExceptPrivileged = {
  text: `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${roles.owner}, f58310d9-a9f6-439a-9e8d-f62e7b41a168, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9})) AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${roles.owner}, f58310d9-a9f6-439a-9e8d-f62e7b41a168, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9}))`,
  version: '2.0',
};

const ofChatPeople = (has: (oddity: Oddity) => boolean): readonly RoleAssignment[] => {
  const alice = objectIdOf('alice');
  const stage = has('mixedCaseIds')
    ? `${at(parts.shopStage)}/resourcegroups/RG-Shop-Stage`
    : `${at(parts.shopStage)}/resourceGroups/rg-shop-stage`;
  return [
    grant(`${at(parts.shop)}/resourceGroups/rg-shop-prod`, roles.reader, alice),
    grant(stage, roles.contributor, alice),
    grant(managementGroupId('fabrikam'), roles.securityReader, objectIdOf('carol')),
    ...[parts.hub, parts.disabled, parts.pastDue].map((position) =>
      grant(
        at(position),
        roles.owner,
        objectIdOf('erin'),
        has('roleConditions') && position === parts.pastDue ? { condition: allExceptPrivileged } : {},
      ),
    ),
  ];
};

/** Each subscription has a team that reads it, somebody who owns a part of it, and sometimes an operator. */
const ofSubscription = (
  { subscriptionId }: Subscription,
  position: number,
  groups: Groups,
  employees: readonly Principal[],
  has: (oddity: Oddity) => boolean,
): readonly RoleAssignment[] => {
  const scope = `/subscriptions/${has('mixedCaseIds') && position % 6 === 5 ? subscriptionId.toUpperCase() : subscriptionId}`;
  const team = groups.teams[position % groups.teams.length];
  const owner = employees[roll(`owner ${subscriptionId}`, employees.length)];
  if (team === undefined || owner === undefined) return [];
  return [
    grant(scope, roles.reader, team.id, toGroup),
    grant(scope, roles.owner, owner.objectId),
    ...(has('customRoles') && position % 4 === 1 ? [grant(scope, halfApprover.name, team.id, toGroup)] : []),
    ...(has('customRoles') && position % 4 === 2 ? [grant(scope, platformOperator.name, owner.objectId)] : []),
  ];
};

/** Roles on resource groups, which employees collect over the years. */
const ofGroups = ({ resourceGroups }: FabrikamEstate, employees: readonly Principal[]): readonly RoleAssignment[] =>
  resourceGroups.flatMap(({ id, name }, position) => {
    const person = employees[roll(`contributor ${id}`, employees.length)];
    if (position % 3 !== 0 || person === undefined || name.startsWith('rg-shop')) return [];
    return [grant(id, position % 2 === 0 ? roles.contributor : roles.reader, person.objectId)];
  });

export const roleAssignmentsOf = (
  subscriptions: readonly Subscription[],
  estate: FabrikamEstate,
  groups: Groups,
  employees: readonly Principal[],
  has: (oddity: Oddity) => boolean,
): RoleAssignment[] => {
  const botScope = managementGroupId(has('invisibleToBot') ? 'fabrikam' : tenantId);
  return [
    grant(botScope, roles.exemptionDesk, botPrincipal.objectId, toProgram),
    grant(managementGroupId('fab-landingzones'), roles.securityAdmin, groups.security.id, toGroup),
    grant(managementGroupId(tenantId), roles.securityAdmin, groups.central.id, toGroup),
    ...Object.values(programs).map(({ objectId }) =>
      grant(managementGroupId('fabrikam'), roles.resourcePolicyContributor, objectId, toProgram),
    ),
    ...ofChatPeople(has),
    ...(has('lighthouse')
      ? [grant(at(parts.lighthouse), roles.reader, botPrincipal.objectId, { ...toProgram, byLighthouse: true })]
      : []),
    ...subscriptions.flatMap((one, position) => ofSubscription(one, position, groups, employees, has)),
    ...ofGroups(estate, employees),
  ];
};
