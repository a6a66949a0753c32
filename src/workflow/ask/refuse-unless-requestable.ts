import { GovernanceError } from '../../core/governance-error.ts';
import { whyNoRequest } from '../../core/plan/why-no-request.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { normalChain } from '../../core/tenant/hierarchy.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import type { Desk } from '../desk.ts';
import { isUnread, mapPolicies, type PolicyMap } from '../plan/map-policies.ts';
import { mapShownPolicies } from '../recommendation/map-shown-policies.ts';
import type { Offer } from './offer-choices.ts';

/** An initiative that cannot be read may hold the recommendation: the preview says so. */
const mayHold = (map: PolicyMap, assignment: PolicyAssignment, policyDefinitionId: string | undefined): boolean =>
  map.holds(assignment, policyDefinitionId) || isUnread(map, assignment);

/** Throws GovernanceError conflict, with the reason, for a recommendation from which nobody could exempt anything that was offered. */
export const refuseUnlessRequestable = async (desk: Desk, { recommendation, resources }: Offer): Promise<void> => {
  const hierarchy = await desk.hierarchy();
  const around = new Set(resources.flatMap(({ id }) => normalChain(id, hierarchy)));
  const reasonBy = (map: PolicyMap): string => {
    const holding = map.assignments.filter(
      (assignment) =>
        around.has(normalId(assignment.scope)) && mayHold(map, assignment, recommendation.policyDefinitionId),
    );
    return whyNoRequest(recommendation, { unhealthy: resources.length, assignments: holding.length });
  };
  if (reasonBy(await mapShownPolicies(desk)) === '') return;
  // An assignment can be newer than what lists know, so nobody is refused without asking Azure.
  const reason = reasonBy(await mapPolicies(desk));
  if (reason !== '') throw new GovernanceError('conflict', reason);
};
