import { z } from 'zod';
import type { AccessSource } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { HierarchySource } from '../../core/tenant/hierarchy.ts';
import type { Person } from '../../core/person.ts';
import { createDecidingAccess } from './deciding-access.ts';
import { createEligibleRoles } from './eligible-roles.ts';
import { createRoleLists } from './role-lists.ts';
import { createGroupMembership } from './group-membership.ts';
import { createReadingAccess, withinTimeLimit, type RightsFacts } from './reading-access.ts';
import type { Rest } from '../client/rest.ts';
import type { WarmUp } from '../client/warm-up.ts';
import { askWithin } from './questions.ts';

/** The object id becomes part of paths and filters, so only a GUID is accepted. */
export const identified = <Somebody extends Pick<Person, 'objectId'>>(person: Somebody): Somebody => {
  if (z.guid().safeParse(person.objectId).success) return person;
  throw new GovernanceError('invalid', 'This person has no Entra object id.');
};

export const createAccessSource = (
  facts: RightsFacts,
  resourceManager: Rest,
  microsoftGraph: Rest,
  hierarchy: HierarchySource['hierarchy'],
  now: () => Date,
  budgetInMs: number,
  ready: WarmUp['ready'],
): AccessSource => {
  const groupsOf = createGroupMembership(microsoftGraph);
  const forReading = createReadingAccess(facts, withinTimeLimit(groupsOf), now);
  const roleLists = createRoleLists(resourceManager);
  const forDecision = createDecidingAccess(resourceManager, microsoftGraph, budgetInMs);
  const knock = { method: 'GET', path: '/providers/Microsoft.Authorization', apiVersion: '2021-04-01' } as const;
  const readyForDecision = () => ready(resourceManager.origin, (signal) => resourceManager.call({ ...knock, signal }));
  const eligibleRoles = createEligibleRoles(roleLists, hierarchy, budgetInMs);
  return {
    forReading: async (person) => forReading(identified(person)),
    forDecision: async (person, scopes, hierarchyNow) => {
      const known = identified(person);
      await readyForDecision();
      return forDecision(known, scopes, hierarchyNow);
    },
    eligibleRoles: async (person) => eligibleRoles(identified(person)),
    groupsForDecision: async (person) => {
      const known = identified(person);
      await ready(microsoftGraph.origin, (signal) => groupsOf(known, signal));
      return askWithin(budgetInMs, (signal, noted) => createGroupMembership(noted(microsoftGraph))(known, signal));
    },
  };
};
