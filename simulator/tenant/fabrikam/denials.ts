import { managementGroupId } from '../arm-id.ts';
import { roles } from '../role-definitions.ts';
import type { DenyAssignment, RoleEligibility } from '../tenant.ts';
import { guidOf } from './dice.ts';
import type { FabrikamEstate } from './estate.ts';
import type { Oddity } from './oddities.ts';
import { objectIdOf } from './people.ts';

/** Services protect the groups that they manage from everybody else. */
export const denyAssignmentsOf = (
  { resourceGroups }: FabrikamEstate,
  has: (oddity: Oddity) => boolean,
): DenyAssignment[] =>
  has('denyAssignments')
    ? resourceGroups
        .filter(({ managedBy }) => managedBy !== undefined)
        .map(({ id, name }) => ({
          name: guidOf(`denial ${id}`),
          displayName: `System deny assignment created by Azure Kubernetes Service ${name}`,
          scope: id,
          actions: ['*'],
          notActions: ['*/read'],
          principals: ['everyone'],
          excludePrincipals: [guidOf('program aks')],
        }))
    : [];

export const eligibilitiesOf = (has: (oddity: Oddity) => boolean): RoleEligibility[] =>
  has('eligibleRoles')
    ? [
        {
          name: guidOf('eligibility of frank'),
          scope: managementGroupId('fabrikam'),
          role: roles.securityAdmin,
          principalId: objectIdOf('frank'),
        },
      ]
    : [];
