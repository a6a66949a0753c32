import { distinctBy } from '../../core/lists.ts';
import { z } from 'zod';
import type { AccessSource, Grant } from '../../core/access/access.ts';
import { everything } from '../../core/tenant/hierarchy.ts';
import { denialsFor, denyAssignment, denyAssignmentsVersion, mentionGroups } from './deny-assignments.ts';
import { noAnswerInsteadOfForbidden, understood } from '../client/failure.ts';
import type { GroupMembership } from './group-membership.ts';
import type { Rest } from '../client/rest.ts';
import { assignedRole, grantsOf, permissions, roleGuid, type Role } from './role-grants.ts';
import { withTimeLimit } from '../client/time-limit.ts';

// The share of the time budget for eligible roles: they are only a hint, and must not cost the decision.
const eligibleShare = 0.75;

const versions = {
  roleAssignments: '2022-04-01',
  denyAssignments: denyAssignmentsVersion,
  roleDefinitions: '2022-04-01',
  roleEligibilityScheduleInstances: '2020-10-01',
} as const;

const assignment = z.object({ id: z.string(), properties: assignedRole });
const definition = z.object({ properties: z.object({ roleName: z.string(), permissions }) });

/** Reads the roles with their definitions, deny assignments and eligible roles of a person live from Resource Manager; caches nothing. */
export const createDecidingAccess = (
  resourceManager: Rest,
  groupsOf: GroupMembership,
  budgetInMs: number,
): AccessSource['forDecision'] => {
  const readRole = async (path: string, signal: AbortSignal): Promise<Role> => {
    const answer = await resourceManager.call({ method: 'GET', path, apiVersion: versions.roleDefinitions, signal });
    return understood(definition, answer).properties;
  };

  const listAt = async <Item extends { readonly id: string }>(
    scopes: readonly string[],
    kind: keyof typeof versions,
    filter: string,
    schema: z.ZodType<Item>,
    signal: AbortSignal,
  ): Promise<Item[]> => {
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

  const grantsFrom = async (found: readonly z.infer<typeof assignment>[], signal: AbortSignal): Promise<Grant[]> => {
    const assigned = found.map((each) => each.properties);
    const ids = new Map(assigned.map(({ roleDefinitionId: id }) => [roleGuid(id), id]));
    const roles = await Promise.all([...ids].map(async ([guid, id]) => [guid, await readRole(id, signal)] as const));
    return grantsOf(assigned, new Map(roles));
  };

  return async (person, scopes) => {
    const assignedToPerson = `assignedTo('${person.objectId}')`;

    const grants = async (signal: AbortSignal) =>
      grantsFrom(await listAt(scopes, 'roleAssignments', assignedToPerson, assignment, signal), signal);
    const denials = async (signal: AbortSignal) => {
      const found = await listAt(scopes, 'denyAssignments', 'atScope()', denyAssignment, signal);
      return denialsFor(person, mentionGroups(found) ? await groupsOf(person, signal) : [], found);
    };
    const eligible = async (signal: AbortSignal) =>
      grantsFrom(
        await listAt(scopes, 'roleEligibilityScheduleInstances', assignedToPerson, assignment, signal),
        signal,
      );

    return withTimeLimit(budgetInMs, async (signal) => {
      const [granted, denied, activable] = await Promise.all([
        grants(signal),
        denials(signal),
        withTimeLimit(budgetInMs * eligibleShare, eligible).catch((): Grant[] => []),
      ]);
      return { grants: granted, denials: denied, eligible: activable };
    }).catch(noAnswerInsteadOfForbidden);
  };
};
