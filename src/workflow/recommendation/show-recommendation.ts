import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { isGuid, normalId, scopeKind } from '../../core/tenant/arm-id.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { isExpired, type Exemption, type ExemptionFacts } from '../../core/exemption/exemption.ts';
import { normalChain, scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { atOrAbove } from '../../core/tenant/scope-sets.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import type { Assessment, Recommendation } from '../../core/tenant/recommendation.ts';
import { findDefenderExemptions, exempts } from '../inventory/find-defender-exemptions.ts';
import type { Desk } from '../desk.ts';
import { bearingOn, isUnread, mapPolicies, type PolicyMap } from '../plan/map-policies.ts';
import { readAssessments } from '../../core/access/access.ts';
import { refuseWithoutRole } from '../rights/find-why-empty.ts';
import { estimateGains } from './estimate-gains.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

type ExemptedAssessment = {
  readonly assessment: Assessment;
  /** The exemption of this resource; undefined if Azure shows none. */
  readonly exemption: ExemptionFacts | undefined;
  readonly madeIn: 'policy' | 'defender';
};

export type RecommendationDetails = {
  readonly recommendation: Recommendation;
  readonly unhealthy: readonly Assessment[];
  readonly exempted: readonly ExemptedAssessment[];
  /** Display names of the assignments that include it, in the scopes that the asker looks at. */
  readonly heldBy: readonly string[];
  /** The most that the classic secure score can rise, as a share of 1; undefined for nothing or unknown. */
  readonly gain: number | undefined;
  readonly viewpoint: Viewpoint;
};

type NamedRecommendation = { readonly key: string; readonly title: string };

/**
 * The recommendations that a person may mean: the one with that key or title, otherwise those whose title contains the words together,
 * otherwise those that contain each of them. Never empty.
 */
export const recommendationsNamed = async (
  desk: Desk,
  asker: Asker,
  words: string,
): Promise<[NamedRecommendation, ...NamedRecommendation[]]> => {
  if (isGuid(words)) return [{ key: words.toLowerCase(), title: '' }];
  const { where, scopes } = await takeViewpoint(desk, asker);
  if (scopes.length === 0) await refuseWithoutRole(desk, asker.person, 'recommendations', readAssessments);
  const wanted = words.toLowerCase();
  const standings = await desk.recommendations.standings(where);
  const titled = (isMeant: (title: string) => boolean) => standings.filter(({ title }) => isMeant(title.toLowerCase()));
  const ways = [
    (title: string) => title === wanted,
    (title: string) => title.includes(wanted),
    (title: string) => wanted.split(/\s+/).every((word) => title.includes(word)),
  ];
  const [first, ...others] = ways.map(titled).find((found) => found.length > 0) ?? [];
  if (first === undefined)
    throw new GovernanceError(
      'not-found',
      `No recommendation that you can see is called “${words}”. To list them, send: recommendations`,
    );
  return [first, ...others];
};

/** Shows a subscription by its name, not by its GUID. */
const withReadableName = (assessment: Assessment, hierarchy: Hierarchy): Assessment =>
  scopeKind(assessment.resourceId) === 'resource'
    ? assessment
    : { ...assessment, resourceName: scopeLabel(assessment.resourceId, hierarchy) };

/** Of what Exemption Desk wrote, Azure knows only the id of its identity; the description names the people. */
const byPeople = (exemption: Exemption): Exemption =>
  exemption.requestReference !== undefined && isGuid(exemption.createdBy ?? '')
    ? { ...exemption, createdBy: undefined }
    : exemption;

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

/** One recommendation, for the resources that the asker may see. */
export const showRecommendation = async (desk: Desk, asker: Asker, key: string): Promise<RecommendationDetails> => {
  const viewpoint = await takeViewpoint(desk, asker);
  const { hierarchy } = viewpoint;
  const [recommendation, found] = await Promise.all([
    desk.recommendations.recommendation(key, viewpoint.where),
    desk.recommendations.assessments(key, viewpoint.where),
  ]);
  if (recommendation === undefined)
    throw new GovernanceError(
      'not-found',
      retirementOf(key) ?? 'That recommendation does not concern any resource that you can see here.',
    );
  const assessments = found.map((assessment) => withReadableName(assessment, hierarchy));

  const [map, exemptions, gains] = await Promise.all([
    mapPolicies(desk),
    desk.exemptions.list(),
    estimateGains(desk, asker, viewpoint.where),
  ]);
  const active = exemptions.filter(
    (each) => !isExpired(each, desk.now()) && bearingOn(map, each).some((one) => one.key === recommendation.key),
  );
  const exempt = assessments.filter((assessment) => assessment.status === 'exempt');
  const around = exempt.length === 0 ? [] : await findDefenderExemptions(desk);
  const inDefender = (around ?? []).filter((each) => !isExpired(each, desk.now()));
  const byPolicy = atOrAbove(active, hierarchy);
  const byDefender = atOrAbove(inDefender, hierarchy);
  const ofInterest = new Set(assessments.flatMap(({ resourceId }) => normalChain(resourceId, hierarchy)));
  return {
    recommendation,
    viewpoint,
    gain: gains.get(recommendation.key),
    unhealthy: assessments.filter((assessment) => assessment.status === 'unhealthy'),
    exempted: exempt.map((assessment) => {
      const [inPolicy] = byPolicy(assessment.resourceId);
      const found =
        inPolicy === undefined
          ? byDefender(assessment.resourceId).find((each) => exempts(each, assessment, hierarchy))
          : byPeople(inPolicy);
      return {
        assessment,
        exemption: found,
        madeIn: inPolicy === undefined && found !== undefined ? 'defender' : 'policy',
      };
    }),
    heldBy: heldBy(
      map,
      map.assignments.filter(({ scope }) => ofInterest.has(normalId(scope))),
      recommendation.policyDefinitionId,
    ),
  };
};
