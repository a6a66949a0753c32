import type { OwnerSource } from '../../core/access/owner-source.ts';
import type { RightsFacts } from '../access/reading-access.ts';
import { roleGuid } from '../access/role-grants.ts';

/** Owner and Contributor, which have the same ids in every tenant (learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
const rolesOfOwners: ReadonlySet<string> = new Set([
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  'b24988ac-6180-42a0-ab88-20f7382dd24c',
]);

/** Where somebody holds a role of owners themselves, by the role assignments that were read for all. */
export const createOwnRoles =
  ({ assignedTo }: Pick<RightsFacts, 'assignedTo'>): OwnerSource['ownRoles'] =>
  async (objectId) =>
    (await assignedTo([objectId]))
      .filter(({ roleDefinitionId }) => rolesOfOwners.has(roleGuid(roleDefinitionId)))
      .map(({ scope }) => scope);
