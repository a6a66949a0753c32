import type { World } from '../../../simulator/start.ts';
import { managementGroupId } from '../../../simulator/tenant/arm-id.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';

/** Lets people decide everything in contoso, by a role in Azure. */
export const makeApprovers = ({ tenant }: Pick<World, 'tenant'>, keys: readonly string[]): void => {
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
