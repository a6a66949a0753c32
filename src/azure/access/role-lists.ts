import { distinctBy } from '../../core/lists.ts';
import { z } from 'zod';
import type { Grant } from '../../core/access/access.ts';
import { everything } from '../../core/tenant/hierarchy.ts';
import { denyAssignmentsVersion } from './deny-assignments.ts';
import { understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';
import { assignedRole, grantsOf, permissions, roleGuid, type Role } from './role-grants.ts';

const versions = {
  roleAssignments: '2022-04-01',
  denyAssignments: denyAssignmentsVersion,
  roleDefinitions: '2022-04-01',
  roleEligibilityScheduleInstances: '2020-10-01',
} as const;

const assignment = z.object({ id: z.string(), properties: assignedRole });
const definition = z.object({ properties: z.object({ roleName: z.string(), permissions }) });

type ListAt = <Item extends { readonly id: string }>(
  scopes: readonly string[],
  kind: keyof typeof versions,
  filter: string,
  schema: z.ZodType<Item>,
  signal: AbortSignal,
) => Promise<Item[]>;

export type RoleLists = {
  /** The items that Resource Manager lists at some scopes, each once. */
  readonly listAt: ListAt;
  /** The grants of the assigned or eligible roles that it lists there. */
  readonly grantsAt: (
    scopes: readonly string[],
    kind: 'roleAssignments' | 'roleEligibilityScheduleInstances',
    filter: string,
    signal: AbortSignal,
  ) => Promise<Grant[]>;
};

/** Reads roles with their definitions from Resource Manager; caches nothing. */
export const createRoleLists = (resourceManager: Rest): RoleLists => {
  const readRole = async (path: string, signal: AbortSignal): Promise<Role> => {
    const answer = await resourceManager.call({ method: 'GET', path, apiVersion: versions.roleDefinitions, signal });
    return understood(definition, answer).properties;
  };

  const listAt: ListAt = async (scopes, kind, filter, schema, signal) => {
    const lists = await Promise.all(
      scopes.map((scope) =>
        resourceManager.list({
          path: `${scope === everything ? '' : scope}/providers/Microsoft.Authorization/${kind}`,
          apiVersion: versions[kind],
          filter,
          signal,
        }),
      ),
    );
    return distinctBy(
      lists.flat().map((each) => understood(schema, each)),
      ({ id }) => id.toLowerCase(),
    );
  };

  return {
    listAt,
    async grantsAt(scopes, kind, filter, signal) {
      const assigned = (await listAt(scopes, kind, filter, assignment, signal)).map((each) => each.properties);
      const ids = new Map(assigned.map(({ roleDefinitionId: id }) => [roleGuid(id), id]));
      const roles = await Promise.all([...ids].map(async ([guid, id]) => [guid, await readRole(id, signal)] as const));
      return grantsOf(assigned, new Map(roles));
    },
  };
};
