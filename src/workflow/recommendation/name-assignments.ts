import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { normalChain, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import type { AssessmentsMeant, RecommendationOverview } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { isUnread, type PolicyMap } from '../plan/map-policies.ts';

/** The assignments at or below whose scope one of the resources is that are meant. Only of scopes inside a subscription Azure has to say it. */
const aroundResources = async (
  { recommendations }: Pick<Desk, 'recommendations'>,
  assignments: readonly PolicyAssignment[],
  hierarchy: Hierarchy,
  question: AssessmentsMeant,
  subscriptions: readonly string[],
): Promise<PolicyAssignment[]> => {
  const above = new Set(subscriptions.flatMap((each) => normalChain(each, hierarchy)));
  const assessed = new Set(subscriptions.map(normalId));
  const narrow = assignments
    .map(({ scope }) => normalId(scope))
    .filter((scope) => !above.has(scope) && assessed.has(normalId(subscriptionOf(scope) ?? '')));
  for (const scope of await recommendations.scopesWith(question, narrow)) above.add(normalId(scope));
  return assignments.filter(({ scope }) => above.has(normalId(scope)));
};

/**
 * The names of the assignments that include a recommendation for the resources that are meant; if there are none, of those that may, because
 * their initiative cannot be read: the preview says why.
 */
export const nameAssignments = async (
  desk: Pick<Desk, 'recommendations'>,
  map: PolicyMap,
  hierarchy: Hierarchy,
  question: AssessmentsMeant,
  { recommendation: { policyDefinitionId }, counts: { subscriptions } }: RecommendationOverview,
): Promise<string[]> => {
  const holds = (each: PolicyAssignment): boolean => map.holds(each, policyDefinitionId);
  const mayHold = map.assignments.filter((each) => holds(each) || isUnread(map, each));
  const found = await aroundResources(desk, mayHold, hierarchy, question, subscriptions);
  const holding = found.filter(holds);
  return holding.length > 0
    ? holding.map(({ displayName }) => displayName)
    : found.map(({ displayName }) => `${displayName} (its initiative cannot be read)`);
};
