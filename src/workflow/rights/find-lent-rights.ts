import { lendable } from '../../core/plan/exemption-rights.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';

/**
 * The actions that a decider of another person's request need not have, because the operator delegates them to a group that the person is
 * in. Groups are read live; undefined if Microsoft Graph may not be asked. Throws GovernanceError unavailable if it does not answer.
 */
export const findLentRights = async (desk: Desk, person: Person): Promise<readonly string[] | undefined> => {
  if (desk.delegateGroups.length === 0) return [];
  const groups = await desk.groupsForDecision(person);
  if (groups === undefined) return undefined;
  return groups.some((id) => desk.delegateGroups.includes(id.toLowerCase())) ? lendable : [];
};

/** The same for display only: empty if Microsoft Graph does not answer. */
export const findLentRightsForShow = async (desk: Desk, person: Person): Promise<readonly string[]> => {
  return unlessUntold(async () => (await findLentRights(desk, person)) ?? [], []);
};
