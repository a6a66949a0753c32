import type { Access, AccessSource, Grant } from '../../core/access/access.ts';
import type { Person } from '../../core/person.ts';
import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { everything, normalChain, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { denialsFor, denyAssignment, mentionGroups } from './deny-assignments.ts';
import { noAnswerInsteadOfForbidden } from '../client/failure.ts';
import { createGroupMembership } from './group-membership.ts';
import { concerns, placesToAsk } from './places-to-ask.ts';
import { askWithin } from './questions.ts';
import { createRoleLists } from './role-lists.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

// The share of the time budget for eligible roles: they are only a hint, and must not cost the decision.
const eligibleShare = 0.75;

const isWide = (scope: string): boolean => scope !== everything && subscriptionOf(scope) === undefined;

/** The management groups that lie above another of the scopes: an answer about that one holds what is assigned to them. */
const answeredBelow = (scopes: readonly string[], hierarchy: Hierarchy): string[] => {
  const above = new Set(scopes.flatMap((scope) => normalChain(scope, hierarchy).slice(1)));
  return scopes.filter((scope) => isWide(scope) && above.has(normalId(scope)));
};

const both = (one: Access, other: Access): Access => ({
  grants: [...one.grants, ...other.grants],
  denials: [...one.denials, ...other.denials],
  eligible: [...one.eligible, ...other.eligible],
});

/** Reads the roles with their definitions, deny assignments and eligible roles of a person live from Resource Manager; caches nothing. */
export const createDecidingAccess = (
  resourceManager: Rest,
  microsoftGraph: Rest,
  budgetInMs: number,
): AccessSource['forDecision'] => {
  const ask = (person: Person, scopes: readonly string[]): Promise<Access> => {
    const places = placesToAsk(scopes);
    const assignedToPerson = `assignedTo('${person.objectId}')`;
    const { grantsAt: hintsAt } = createRoleLists(resourceManager);
    const wholePlaces = places.map(({ scope }) => ({ scope, below: true }));
    const eligible = (signal: AbortSignal) =>
      hintsAt(wholePlaces, 'roleEligibilityScheduleInstances', assignedToPerson, signal);

    return askWithin(budgetInMs, async (signal, noted) => {
      const { listAt, grantsAt } = createRoleLists(noted(resourceManager));
      const groupsOf = createGroupMembership(noted(microsoftGraph));
      const denials = async () => {
        const found = await listAt(places, 'denyAssignments', undefined, denyAssignment, signal);
        return denialsFor(person, mentionGroups(found) ? await groupsOf(person, signal) : [], found);
      };
      const [granted, denied, activable] = await Promise.all([
        grantsAt(places, 'roleAssignments', assignedToPerson, signal),
        denials(),
        withTimeLimit(budgetInMs * eligibleShare, eligible).catch((): Grant[] => []),
      ]);
      const isMeant = concerns(scopes);
      return {
        grants: granted.filter(isMeant),
        denials: denied.filter(isMeant),
        eligible: activable.filter(isMeant),
      };
    }).catch(noAnswerInsteadOfForbidden);
  };

  // Only guesses where to ask: whether it was right is seen in the hierarchy as it is now.
  let before: Hierarchy | undefined;
  return async (person, scopes, hierarchy) => {
    if (hierarchy === undefined) return ask(person, scopes);
    const guessed = before === undefined ? [] : answeredBelow(scopes, before);
    const [answer, now] = await Promise.all([
      ask(
        person,
        scopes.filter((scope) => !guessed.includes(scope)),
      ),
      hierarchy,
    ]);
    before = now;
    const answered = answeredBelow(scopes, now);
    const left = guessed.filter((scope) => !answered.includes(scope));
    return left.length === 0 ? answer : both(answer, await ask(person, left));
  };
};
