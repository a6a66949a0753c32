import { couldActivate, denialOf } from '../core/access.ts';
import { holds, type NeededRight } from '../core/exemption-rights.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { scopeLabel } from '../core/hierarchy.ts';
import type { Person } from '../core/person.ts';
import type { Desk } from './desk.ts';

/**
 * Lets through only somebody whose Azure roles, read live, hold every one of the rights, the actions that they are `lent` aside; `deed` says what
 * they want to do ("decide EX-12AB").
 * Throws GovernanceError forbidden with the reason, or unavailable when Azure does not answer: then nothing is done.
 */
export const refuseUnlessHeld = async (
  desk: Desk,
  person: Person,
  needs: readonly NeededRight[],
  deed: string,
  lent: readonly string[] = [],
): Promise<void> => {
  const [hierarchy, access] = await Promise.all([
    desk.hierarchy(),
    desk.forDecision(person, [...new Set(needs.map((need) => need.scope))]),
  ]);
  const missing = needs.find((need) => !holds(access, need, hierarchy, lent));
  if (missing === undefined) return;

  const where = scopeLabel(missing.scope, hierarchy);
  const denial = denialOf(access, missing.action, missing.scope, hierarchy);
  if (denial !== undefined) {
    throw new GovernanceError(
      'forbidden',
      `You may not ${deed}: the deny assignment “${denial.name}” forbids exemptions in ${where}.`,
    );
  }
  const activable = needs.every(
    (need) => holds(access, need, hierarchy, lent) || couldActivate(access, need.action, need.scope, hierarchy),
  );
  if (activable) {
    const roles = [...new Set(access.eligible.map((grant) => grant.roleName))].join(', ');
    throw new GovernanceError(
      'forbidden',
      `You may not ${deed} yet: your role ${roles} is only eligible. Activate it in Privileged Identity Management, then try again.`,
    );
  }
  throw new GovernanceError(
    'forbidden',
    `You may not ${deed}, because no Azure role of yours allows exemptions in ${where} (${missing.action}).`,
  );
};
