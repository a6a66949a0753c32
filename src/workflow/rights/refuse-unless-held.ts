import { couldActivate, denialDoubt, denialOf, heldBack } from '../../core/access/access.ts';
import { roleAdvice } from '../../core/access/built-in-roles.ts';
import { holds, type NeededRight } from '../../core/plan/exemption-rights.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Person } from '../../core/person.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';

/** Somebody could, if they activated an eligible role. */
export class RoleNotActivated extends GovernanceError {}

/**
 * Throws unless the Azure roles of the person, read live, include every one of the permissions; `deed` says what they want to do ("decide
 * EX-12AB"). If one is missing, `lend` returns the actions delegated to them (undefined: unknown). Returns the delegated actions that were
 * needed. GovernanceError forbidden with the reason, or unavailable if Azure does not answer; then nothing is done.
 */
export const refuseUnlessHeld = async (
  desk: Desk,
  person: Person,
  needs: readonly NeededRight[],
  deed: string,
  lend: () => Promise<readonly string[] | undefined> = async () => [],
): Promise<readonly string[]> => {
  const reading = afresh(desk).hierarchy();
  const [hierarchy, access] = await Promise.all([
    reading,
    desk.forDecision(person, [...new Set(needs.map((need) => need.scope))], reading),
  ]);
  const missingWith = (lent: readonly string[]) => needs.find((need) => !holds(access, need, hierarchy, lent));
  if (missingWith([]) === undefined) return [];
  const known = await lend();
  const lent = known ?? [];
  const missing = missingWith(lent);
  if (missing === undefined) return lent;

  const where = scopeLabel(missing.scope, hierarchy);
  const denial = denialOf(access, missing.action, missing.scope, hierarchy);
  if (denial !== undefined) {
    throw new GovernanceError(
      'forbidden',
      `You may not ${deed}: the deny assignment “${denial.name}” forbids exemptions in ${where}.${denialDoubt(denial, missing.action)}`,
    );
  }
  const activable = needs.every(
    (need) => holds(access, need, hierarchy, lent) || couldActivate(access, need.action, need.scope, hierarchy),
  );
  if (activable) {
    const roles = [...new Set(access.eligible.map((grant) => grant.roleName))].join(', ');
    throw new RoleNotActivated(
      'forbidden',
      `You may not ${deed} yet: your role ${roles} is only eligible. Activate it in Privileged Identity Management, then try again.`,
    );
  }
  const untold =
    known === undefined
      ? ' Microsoft Graph does not let Exemption Desk see your groups, so the permission that is delegated to groups does not count.'
      : '';
  const [behind] = heldBack(access.grants, missing.action, missing.scope, hierarchy);
  if (behind !== undefined) {
    throw new GovernanceError(
      'forbidden',
      `You may not ${deed}: your role ${behind.grant.roleName} at ${scopeLabel(behind.grant.scope, hierarchy)} has a condition that ${behind.why}, so it does not count for exemptions in ${where} (${missing.action}). Have the role assigned without that condition.${untold}`,
    );
  }
  throw new GovernanceError(
    'forbidden',
    `You may not ${deed}, because none of your Azure roles allows exemptions in ${where} (${missing.action}). ${roleAdvice(missing.action, where)}${untold}`,
  );
};
