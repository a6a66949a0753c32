import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { normalChain } from '../../core/tenant/hierarchy.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import { resourceFilterOf } from '../../core/tenant/resource-filter.ts';
import type { Assessment, Recommendation } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { isUnread, mapPolicies, type PolicyMap } from '../plan/map-policies.ts';
import { estimateGains } from './estimate-gains.ts';
import { findControls, type KnownControls } from './find-controls.ts';
import { refuseOtherCloud } from './find-recommendations.ts';
import { findWaitingFor, type WaitingRequests } from './find-waiting.ts';
import { findWhatExempts, withReadableName, type ExemptedAssessment } from './find-what-exempts.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

/** Of so many exempt resources the exemptions are looked for. */
const exemptedExplained = 5;

/** Words that resources are searched for; empty: all of them. */
type Search = {
  readonly text: string;
  /** The same on the card that was pressed, whose ticks are to be understood. */
  readonly before: string;
};

const noSearch: Search = { text: '', before: '' };

export type RecommendationDetails = {
  readonly recommendation: Recommendation;
  readonly unhealthy: readonly Assessment[];
  /** What the card that was pressed offered to tick. */
  readonly offered: readonly { readonly id: string }[];
  /** All that are exempt, and how the first of them are. */
  readonly exempt: readonly Assessment[];
  readonly exempted: readonly ExemptedAssessment[];
  /** How many are healthy, and how many it does not apply to. */
  readonly healthy: number;
  readonly notApplicable: number;
  /** Display names of the assignments that include it, in the scopes that the asker looks at. */
  readonly heldBy: readonly string[];
  /** The most that the classic secure score can rise, as a share of 1; undefined for nothing or unknown. */
  readonly gain: number | undefined;
  /** The controls of the classic secure score that it counts in. */
  readonly controls: KnownControls;
  /** The requests for it that wait for a decision. */
  readonly waiting: WaitingRequests;
  readonly viewpoint: Viewpoint;
};

/** The names of those that include it; if there are none, of those that may, because their initiative cannot be read: the preview says why. */
const heldBy = (
  map: PolicyMap,
  assignments: readonly PolicyAssignment[],
  definitionId: string | undefined,
): string[] => {
  const holding = assignments.filter((each) => map.holds(each, definitionId));
  return holding.length > 0
    ? holding.map(({ displayName }) => displayName)
    : assignments
        .filter((each) => isUnread(map, each))
        .map(({ displayName }) => `${displayName} (its initiative cannot be read)`);
};

const isUnhealthy = ({ status }: Assessment): boolean => status === 'unhealthy';

/** One recommendation, for the resources that the asker may see and that a search finds. */
export const showRecommendation = async (
  desk: Desk,
  asker: Asker,
  key: string,
  search = noSearch,
): Promise<RecommendationDetails> => {
  const viewpoint = await takeViewpoint(desk, asker);
  const { hierarchy, where } = viewpoint;
  const assessmentsWith = (text: string): Promise<Assessment[]> =>
    desk.recommendations.assessments(key, where, resourceFilterOf({ type: '', group: '', text }));
  // Asked beside the recommendation; a failure counts only once that is known to be there.
  const [mapped, gaining] = [mapPolicies(desk), estimateGains(desk, asker, where)];
  for (const each of [mapped, gaining]) each.catch(() => undefined);
  const [recommendation, found, before] = await Promise.all([
    desk.recommendations.recommendation(key, where),
    assessmentsWith(search.text),
    search.before === search.text ? undefined : assessmentsWith(search.before),
  ]);
  if (recommendation === undefined) await refuseOtherCloud(desk, where, (each) => each.key === key);
  if (recommendation === undefined)
    throw new GovernanceError(
      'not-found',
      retirementOf(key) ?? 'That recommendation does not concern any resource that you can see here.',
    );
  const assessments = found.map((assessment) => withReadableName(assessment, hierarchy));

  const exempt = assessments.filter((assessment) => assessment.status === 'exempt');
  const [map, gains, controls, waiting, exempted] = await Promise.all([
    mapped,
    gaining,
    findControls(desk, viewpoint, recommendation.key),
    findWaitingFor(desk, asker, viewpoint, recommendation.key),
    findWhatExempts(desk, exempt.slice(0, exemptedExplained), hierarchy, mapped),
  ]);
  const ofInterest = new Set(assessments.flatMap(({ resourceId }) => normalChain(resourceId, hierarchy)));
  return {
    recommendation,
    viewpoint,
    gain: gains.get(recommendation.key),
    controls,
    waiting,
    unhealthy: assessments.filter(isUnhealthy),
    offered: (before ?? found).filter(isUnhealthy).map(({ resourceId }) => ({ id: resourceId })),
    exempt,
    exempted,
    healthy: assessments.filter(({ status }) => status === 'healthy').length,
    notApplicable: assessments.filter(({ status }) => status === 'not-applicable').length,
    heldBy: heldBy(
      map,
      map.assignments.filter(({ scope }) => ofInterest.has(normalId(scope))),
      recommendation.policyDefinitionId,
    ),
  };
};
