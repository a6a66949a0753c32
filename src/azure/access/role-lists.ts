import { distinctBy } from '../../core/lists.ts';
import { z } from 'zod';
import type { Grant } from '../../core/access/access.ts';
import { everything } from '../../core/tenant/hierarchy.ts';
import { denyAssignmentsVersion } from './deny-assignments.ts';
import type { PlaceToAsk } from './places-to-ask.ts';
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
  places: readonly PlaceToAsk[],
  kind: keyof typeof versions,
  filter: string | undefined,
  schema: z.ZodType<Item>,
  signal: AbortSignal,
) => Promise<Item[]>;

export type RoleLists = {
  /** The items that Resource Manager lists at some places, each once. */
  readonly listAt: ListAt;
  /** The grants of the assigned or eligible roles that it lists there. */
  readonly grantsAt: (
    places: readonly PlaceToAsk[],
    kind: 'roleAssignments' | 'roleEligibilityScheduleInstances',
    filter: string,
    signal: AbortSignal,
  ) => Promise<Grant[]>;
};

/**
 * Reads roles with their definitions from Resource Manager; caches nothing. `foreseen`, the roles of an earlier answer, are read beside the list
 * instead of after it, and become those of this one.
 */
export const createRoleLists = (resourceManager: Rest, foreseen?: Map<string, string>): RoleLists => {
  const readRole = async (path: string, signal: AbortSignal): Promise<Role> => {
    const answer = await resourceManager.call({ method: 'GET', path, apiVersion: versions.roleDefinitions, signal });
    return understood(definition, answer).properties;
  };

  const listAt: ListAt = async (places, kind, filter, schema, signal) => {
    const lists = await Promise.all(
      places.map(({ scope, below }) => {
        const clauses = [...(below ? [] : ['atScope()']), ...(filter === undefined ? [] : [filter])];
        return resourceManager.list({
          path: `${scope === everything ? '' : scope}/providers/Microsoft.Authorization/${kind}`,
          apiVersion: versions[kind],
          ...(clauses.length === 0 ? {} : { filter: clauses.join(' and ') }),
          signal,
        });
      }),
    );
    return distinctBy(
      lists.flat().map((each) => understood(schema, each)),
      ({ id }) => id.toLowerCase(),
    );
  };

  return {
    listAt,
    async grantsAt(places, kind, filter, signal) {
      const early = new Map([...(foreseen ?? [])].map(([guid, id]) => [guid, readRole(id, signal)]));
      // A failure counts only if the role is needed, and is thrown there.
      for (const reading of early.values()) reading.catch(() => undefined);
      const assigned = (await listAt(places, kind, filter, assignment, signal)).map((each) => each.properties);
      const ids = new Map(assigned.map(({ roleDefinitionId: id }) => [roleGuid(id), id]));
      foreseen?.clear();
      for (const [guid, id] of ids) foreseen?.set(guid, id);
      const roles = await Promise.all(
        [...ids].map(async ([guid, id]) => [guid, await (early.get(guid) ?? readRole(id, signal))] as const),
      );
      return grantsOf(assigned, new Map(roles));
    },
  };
};
