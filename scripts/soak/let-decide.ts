import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { managementGroupId } from '../../simulator/tenant/arm-id.ts';
import { people } from '../../simulator/tenant/contoso/people.ts';
import { roles } from '../../simulator/tenant/role-definitions.ts';

/** Makes these people of the simulated tenant Security Admin of everything, so that they may decide every request of somebody else. */
export const letDecide = (tenant: Tenant, keys: readonly string[]): void => {
  for (const { key, objectId } of people)
    if (keys.includes(key))
      tenant.roleAssignments.push({
        name: objectId.replace(/^0{8}/, 'a99107e2'),
        scope: managementGroupId('contoso'),
        role: roles.securityAdmin,
        principalId: objectId,
        principalType: 'User',
      });
};
