import type { AccessSource, Grant } from '../../core/access/access.ts';
import { denialsFor, denyAssignment, mentionGroups } from './deny-assignments.ts';
import { noAnswerInsteadOfForbidden } from '../client/failure.ts';
import type { GroupMembership } from './group-membership.ts';
import type { RoleLists } from './role-lists.ts';
import { withTimeLimit } from '../client/time-limit.ts';

// The share of the time budget for eligible roles: they are only a hint, and must not cost the decision.
const eligibleShare = 0.75;

/** Reads the roles with their definitions, deny assignments and eligible roles of a person live from Resource Manager; caches nothing. */
export const createDecidingAccess =
  ({ listAt, grantsAt }: RoleLists, groupsOf: GroupMembership, budgetInMs: number): AccessSource['forDecision'] =>
  async (person, scopes) => {
    const assignedToPerson = `assignedTo('${person.objectId}')`;

    const grants = (signal: AbortSignal) => grantsAt(scopes, 'roleAssignments', assignedToPerson, signal);
    const denials = async (signal: AbortSignal) => {
      const found = await listAt(scopes, 'denyAssignments', 'atScope()', denyAssignment, signal);
      return denialsFor(person, mentionGroups(found) ? await groupsOf(person, signal) : [], found);
    };
    const eligible = (signal: AbortSignal) =>
      grantsAt(scopes, 'roleEligibilityScheduleInstances', assignedToPerson, signal);

    return withTimeLimit(budgetInMs, async (signal) => {
      const [granted, denied, activable] = await Promise.all([
        grants(signal),
        denials(signal),
        withTimeLimit(budgetInMs * eligibleShare, eligible).catch((): Grant[] => []),
      ]);
      return { grants: granted, denials: denied, eligible: activable };
    }).catch(noAnswerInsteadOfForbidden);
  };
