import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { normalChain } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import type { AssessmentsMeant, RecommendationOverview } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { isUnread, type PolicyMap } from '../plan/map-policies.ts';
import type { Viewpoint } from '../rights/take-viewpoint.ts';

/**
 * The assignments at or below whose scope one of the resources is that are meant. Of scopes inside a subscription the mirror says it; Azure has to where the
 * mirror leads to none that is good, or where only some resources are meant.
 */
const aroundResources = async (
  { recommendations, database }: Pick<Desk, 'recommendations' | 'database'>,
  assignments: readonly PolicyAssignment[],
  viewpoint: Viewpoint,
  question: AssessmentsMeant,
  subscriptions: readonly string[],
  isGood: (each: PolicyAssignment) => boolean,
): Promise<PolicyAssignment[]> => {
  const above = new Set(subscriptions.flatMap((each) => normalChain(each, viewpoint.hierarchy)));
  const assessed = new Set(subscriptions.map(normalId));
  const narrow = assignments
    .map(({ scope }) => normalId(scope))
    .filter((scope) => !above.has(scope) && assessed.has(normalId(subscriptionOf(scope) ?? '')));
  const around = (inside: readonly string[]): PolicyAssignment[] => {
    const scopes = new Set([...above, ...inside.map(normalId)]);
    return assignments.filter(({ scope }) => scopes.has(normalId(scope)));
  };
  if (narrow.length === 0) return around([]);
  if (question.resources === undefined) {
    const kept = around(
      await database.resourceStandings.scopesWith(scopeFilter(viewpoint), question.key, [...new Set(narrow)]),
    );
    if (kept.some(isGood)) return kept;
  }
  return around(await recommendations.scopesWith(question, narrow));
};

/**
 * The names of the assignments that include a recommendation for the resources that are meant; if there are none, of those that may, because
 * their initiative cannot be read: the preview says why.
 */
export const nameAssignments = async (
  desk: Pick<Desk, 'recommendations' | 'database'>,
  map: PolicyMap,
  viewpoint: Viewpoint,
  question: AssessmentsMeant,
  { recommendation: { policyDefinitionId }, counts: { subscriptions } }: RecommendationOverview,
): Promise<string[]> => {
  const holds = (each: PolicyAssignment): boolean => map.holds(each, policyDefinitionId);
  const mayHold = map.assignments.filter((each) => holds(each) || isUnread(map, each));
  const found = await aroundResources(desk, mayHold, viewpoint, question, subscriptions, holds);
  const holding = found.filter(holds);
  return holding.length > 0
    ? holding.map(({ displayName }) => displayName)
    : found.map(({ displayName }) => `${displayName} (its initiative cannot be read)`);
};
