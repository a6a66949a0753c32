import { chunksOf } from '../../core/lists.ts';
import { z } from 'zod';
import type { Access, AccessSource, Denial, Grant } from '../../core/access/access.ts';
import { cached } from '../../core/cached.ts';
import { denialsFor } from './deny-assignments.ts';
import type { DenyAssignmentsBelow } from './deny-assignments-below.ts';
import type { GroupMembership } from './group-membership.ts';
import { fill, literals, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { assignedRole, grantsOf, permissions, roleGuid, type Role } from './role-grants.ts';
import { withTimeLimit } from '../client/time-limit.ts';

const timeLimitInMs = 20_000;
// A person may be in thousands of groups, and Azure limits the length of a query.
const principalsPerQuery = 500;

const roleRow = z.object({ name: z.string(), roleName: z.string(), permissions });

/** Where nobody could tell what is denied, everything counts as denied. */
const everythingUnknown = (subscription: string): Denial => ({
  scope: subscription,
  name: 'deny assignments that could not be read',
  actions: ['*'],
  notActions: [],
  conditions: [],
  appliesToChildScopes: true,
});

/**
 * Reads the role assignments of a person from Resource Graph, including those of their groups if Microsoft Graph returns the groups, and
 * the deny assignments from Resource Manager where these roles reach.
 */
export const createReadingAccess = (
  ask: ResourceGraph,
  groupsOf: GroupMembership,
  denyAssignmentsBelow: (grants: readonly Grant[]) => Promise<DenyAssignmentsBelow>,
  now: () => Date,
): AccessSource['forReading'] => {
  const [assignmentsQuery, definitionsQuery] = [queryNamed('role-assignments'), queryNamed('role-definitions')];
  const filter = { authorizationScopeFilter: 'AtScopeAboveAndBelow' } as const;

  const load = async (key: string): Promise<Access> => {
    const [tenantId = '', objectId = ''] = key.split('/');
    const person = { objectId, tenantId, name: '' };
    const groups = await withTimeLimit(timeLimitInMs, (signal) => groupsOf(person, signal));
    const chunks = chunksOf([objectId, ...(groups ?? [])], principalsPerQuery);
    const pages = await Promise.all(
      chunks.map((chunk) =>
        ask(assignedRole, { ...filter, query: fill(assignmentsQuery, { principals: literals(chunk) }) }),
      ),
    );
    const assigned = pages.flat();
    if (assigned.length === 0) return { grants: [], denials: [], eligible: [] };

    const names = [...new Set(assigned.map((each) => roleGuid(each.roleDefinitionId)))];
    const rows = await ask(roleRow, { ...filter, query: fill(definitionsQuery, { names: literals(names) }) });
    const roles = new Map<string, Role>(rows.map((row) => [row.name.toLowerCase(), row]));
    const grants = grantsOf(assigned, roles);
    const { found, unread, of } = await denyAssignmentsBelow(grants);
    const denials = [...denialsFor(person, groups, found), ...unread.map(everythingUnknown)];
    return { grants, denials, eligible: [], ...(unread.length === 0 ? {} : { unread: { subscriptions: unread, of } }) };
  };

  const remembered = cached(load, { what: 'what somebody may read', now, keep: ({ unread }) => unread === undefined });
  return (person) => remembered(`${person.tenantId}/${person.objectId}`.toLowerCase());
};
