import type { AccessSource, Grant } from '../../core/access/access.ts';
import { denialsFor, denyAssignment, mentionGroups } from './deny-assignments.ts';
import { noAnswerInsteadOfForbidden } from '../client/failure.ts';
import { createGroupMembership } from './group-membership.ts';
import { askWithin } from './questions.ts';
import { createRoleLists } from './role-lists.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

// The share of the time budget for eligible roles: they are only a hint, and must not cost the decision.
const eligibleShare = 0.75;

/** Reads the roles with their definitions, deny assignments and eligible roles of a person live from Resource Manager; caches nothing. */
export const createDecidingAccess =
  (resourceManager: Rest, microsoftGraph: Rest, budgetInMs: number): AccessSource['forDecision'] =>
  async (person, scopes) => {
    const assignedToPerson = `assignedTo('${person.objectId}')`;
    const { grantsAt: hintsAt } = createRoleLists(resourceManager);
    const eligible = (signal: AbortSignal) =>
      hintsAt(scopes, 'roleEligibilityScheduleInstances', assignedToPerson, signal);

    return askWithin(budgetInMs, async (signal, noted) => {
      const { listAt, grantsAt } = createRoleLists(noted(resourceManager));
      const groupsOf = createGroupMembership(noted(microsoftGraph));
      const denials = async () => {
        const found = await listAt(scopes, 'denyAssignments', 'atScope()', denyAssignment, signal);
        return denialsFor(person, mentionGroups(found) ? await groupsOf(person, signal) : [], found);
      };
      const [granted, denied, activable] = await Promise.all([
        grantsAt(scopes, 'roleAssignments', assignedToPerson, signal),
        denials(),
        withTimeLimit(budgetInMs * eligibleShare, eligible).catch((): Grant[] => []),
      ]);
      return { grants: granted, denials: denied, eligible: activable };
    }).catch(noAnswerInsteadOfForbidden);
  };
