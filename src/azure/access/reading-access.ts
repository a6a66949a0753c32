import { chunksOf } from '../../core/lists.ts';
import { z } from 'zod';
import type { Access, AccessSource, Denial, Grant } from '../../core/access/access.ts';
import { cached } from '../../core/cached.ts';
import type { Person } from '../../core/person.ts';
import { denialsFor } from './deny-assignments.ts';
import type { DenyAssignmentsBelow } from './deny-assignments-below.ts';
import type { GroupMembership } from './group-membership.ts';
import { fill, isOneOf, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { assignedRole, grantsOf, permissions, roleGuid, type AssignedRole, type Role } from './role-grants.ts';
import { withTimeLimit } from '../client/time-limit.ts';

const timeLimitInMs = 20_000;
// A person may be in thousands of groups, and Azure limits the length of a query.
const principalsPerQuery = 500;
export const alsoInherited = { authorizationScopeFilter: 'AtScopeAboveAndBelow' } as const;

export const roleRow = z.object({ name: z.string(), roleName: z.string(), permissions });

/** Where nobody could tell what is denied, everything counts as denied. */
const everythingUnknown = (subscription: string): Denial => ({
  scope: subscription,
  name: 'deny assignments that could not be read',
  actions: ['*'],
  notActions: [],
  conditions: [],
  appliesToChildScopes: true,
});

/** Where the rights of a person come from: Azure itself, or what was read for all. */
export type RightsFacts = {
  /** The roles that are assigned to one of these principals. */
  readonly assignedTo: (principals: readonly string[]) => Promise<readonly AssignedRole[]>;
  /** Definitions by GUID in lower case; those of these GUIDs, or more. */
  readonly definitions: (guids: readonly string[]) => Promise<ReadonlyMap<string, Role>>;
  readonly denyAssignmentsBelow: (grants: readonly Grant[]) => Promise<DenyAssignmentsBelow>;
};

/** What a person may do, from the facts and the groups that they are in; undefined groups: unknown. */
export const accessFrom = async (
  person: Person,
  groups: readonly string[] | undefined,
  facts: RightsFacts,
): Promise<Access> => {
  const assigned = await facts.assignedTo([person.objectId, ...(groups ?? [])]);
  if (assigned.length === 0) return { grants: [], denials: [], eligible: [] };
  const guids = [...new Set(assigned.map((each) => roleGuid(each.roleDefinitionId)))];
  const grants = grantsOf(assigned, await facts.definitions(guids));
  const { found, unread, of, isStillReading } = await facts.denyAssignmentsBelow(grants);
  const denials = [...denialsFor(person, groups, found), ...unread.map(everythingUnknown)];
  const rights = { grants, denials, eligible: [] };
  return unread.length === 0 ? rights : { ...rights, unread: { subscriptions: unread, of, isStillReading } };
};

export const rolesFrom = (rows: readonly z.infer<typeof roleRow>[]): ReadonlyMap<string, Role> =>
  new Map(rows.map((row) => [row.name.toLowerCase(), row]));

/** Asks Resource Graph for role assignments and role definitions in the turn of the person. */
export const factsFromResourceGraph = (ask: ResourceGraph): Omit<RightsFacts, 'denyAssignmentsBelow'> => {
  const [assignmentsQuery, definitionsQuery] = [queryNamed('role-assignments'), queryNamed('role-definitions')];
  return {
    assignedTo: async (principals) => {
      const pages = await Promise.all(
        chunksOf(principals, principalsPerQuery).map((chunk) =>
          ask(assignedRole, {
            ...alsoInherited,
            query: fill(assignmentsQuery, { ofPrincipals: isOneOf('tostring(properties.principalId)', chunk) }),
          }),
        ),
      );
      return pages.flat();
    },
    definitions: async (guids) =>
      rolesFrom(
        await ask(roleRow, { ...alsoInherited, query: fill(definitionsQuery, { ofNames: isOneOf('name', guids) }) }),
      ),
  };
};

export type GroupsForReading = (person: Pick<Person, 'objectId' | 'tenantId'>) => Promise<string[] | undefined>;

export const withinTimeLimit =
  (groupsOf: GroupMembership): GroupsForReading =>
  ({ objectId, tenantId }) =>
    withTimeLimit(timeLimitInMs, (signal) => groupsOf({ objectId, tenantId, name: '' }, signal));

/**
 * Reads the role assignments of a person from Resource Graph, including those of their groups if Microsoft Graph returns the groups, and
 * the deny assignments from Resource Manager where these roles reach.
 */
export const createReadingAccess = (
  facts: RightsFacts,
  groupsOf: GroupsForReading,
  now: () => Date,
): AccessSource['forReading'] => {
  const load = async (key: string): Promise<Access> => {
    const [tenantId = '', objectId = ''] = key.split('/');
    const person = { objectId, tenantId, name: '' };
    return accessFrom(person, await groupsOf(person), facts);
  };
  const remembered = cached(load, { what: 'what somebody may read', now, keep: ({ unread }) => unread === undefined });
  return (person) => remembered(`${person.tenantId}/${person.objectId}`.toLowerCase());
};
