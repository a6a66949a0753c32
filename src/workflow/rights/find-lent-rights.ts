import { lendable } from '../../core/plan/exemption-rights.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';

/**
 * The actions that are not asked of somebody who decides about the request of somebody else, because the operator lends them to a group of theirs.
 * The groups are read live; undefined where Microsoft Graph may not be asked for them. Throws GovernanceError unavailable when it does not answer.
 */
export const findLentRights = async (desk: Desk, person: Person): Promise<readonly string[] | undefined> => {
  if (desk.delegateGroups.length === 0) return [];
  const groups = await desk.groupsForDecision(person);
  if (groups === undefined) return undefined;
  return groups.some((id) => desk.delegateGroups.includes(id.toLowerCase())) ? lendable : [];
};

/** The same for what is only shown: nothing where nobody answers. */
export const findLentRightsForShow = async (desk: Desk, person: Person): Promise<readonly string[]> => {
  return unlessUntold(async () => (await findLentRights(desk, person)) ?? [], []);
};
