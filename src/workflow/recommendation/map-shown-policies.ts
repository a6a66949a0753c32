import type { Desk } from '../desk.ts';
import { mapOf, readInitiatives, underKnownNames, type PolicyMap } from '../plan/map-policies.ts';

/** Which policy assignments include which recommendations, as far as the mirror knows: minutes old, so only for cards and lists that show it. */
export const mapShownPolicies = async (
  desk: Pick<Desk, 'policiesForLists' | 'policies' | 'recommendations' | 'hierarchy'>,
): Promise<PolicyMap> => {
  const [hierarchy, found, catalogue] = await Promise.all([
    desk.hierarchy(),
    desk.policiesForLists.assignments(),
    desk.recommendations.catalogue(),
  ]);
  const assignments = underKnownNames(found, hierarchy);
  return mapOf(assignments, await readInitiatives(desk, assignments), catalogue);
};
