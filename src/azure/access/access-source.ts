import { z } from 'zod';
import type { AccessSource } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { HierarchySource } from '../../core/tenant/hierarchy.ts';
import type { Observe } from '../../core/observed.ts';
import type { Person } from '../../core/person.ts';
import { createDecidingAccess } from './deciding-access.ts';
import { createEligibleRoles } from './eligible-roles.ts';
import { createRoleLists } from './role-lists.ts';
import { createDenyAssignmentsBelow } from './deny-assignments-below.ts';
import { createGroupMembership } from './group-membership.ts';
import { createReadingAccess } from './reading-access.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

/** The object id becomes part of paths and filters, so only a GUID is accepted. */
const identified = (person: Person): Person => {
  if (z.guid().safeParse(person.objectId).success) return person;
  throw new GovernanceError('invalid', 'This person has no Entra object id.');
};

export const createAccessSource = (
  ask: ResourceGraph,
  resourceManager: Rest,
  microsoftGraph: Rest,
  hierarchy: HierarchySource['hierarchy'],
  now: () => Date,
  budgetInMs: number,
  observe: Observe,
): AccessSource => {
  const groupsOf = createGroupMembership(microsoftGraph);
  const forReading = createReadingAccess(
    ask,
    groupsOf,
    createDenyAssignmentsBelow(resourceManager, hierarchy, now, observe),
    now,
  );
  const roleLists = createRoleLists(resourceManager);
  const forDecision = createDecidingAccess(roleLists, groupsOf, budgetInMs);
  const eligibleRoles = createEligibleRoles(roleLists, hierarchy, budgetInMs);
  return {
    forReading: async (person) => forReading(identified(person)),
    forDecision: async (person, scopes) => forDecision(identified(person), scopes),
    eligibleRoles: async (person) => eligibleRoles(identified(person)),
    groupsForDecision: async (person) => withTimeLimit(budgetInMs, (signal) => groupsOf(identified(person), signal)),
  };
};
