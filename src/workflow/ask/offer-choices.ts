import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { mayDo, readAssessments } from '../../core/access/access.ts';
import { normalId, sameId, scopeKind } from '../../core/tenant/arm-id.ts';
import { distinctBy } from '../../core/lists.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { distinctLabels } from '../../core/tenant/distinct-labels.ts';
import { scopeChain, scopeLabel, scopeTitle } from '../../core/tenant/hierarchy.ts';
import type { Person } from '../../core/person.ts';
import type { Assessment, Recommendation } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { findWaitingFor, type WaitingRequests } from '../recommendation/find-waiting.ts';
import { takeViewpoint, type Viewpoint } from '../rights/take-viewpoint.ts';

type Choice = { readonly id: string; readonly label: string };

/** The choices in the form for an exemption from one recommendation. */
export type Offer = {
  readonly recommendation: Recommendation;
  /** All resources that can be chosen, or a part of them. */
  readonly resources: readonly Choice[];
  /** How many come before this part, and how many there are in all. */
  readonly first: number;
  readonly found: number;
  /** What was chosen already and is in another part; the preview checks that it can still be chosen. */
  readonly chosen: readonly Choice[];
  /** Wider scopes, nearest first, and how many there are beside them. */
  readonly scopes: readonly Choice[];
  readonly moreScopes: number;
  /** What was asked for already and waits, as far as the person may see it. */
  readonly waiting: WaitingRequests;
};

/** Throws GovernanceError not-found for a recommendation that is not there. */
export const refuseUnlessThere = (recommendation: Recommendation | undefined, key: string): Recommendation => {
  if (recommendation !== undefined) return recommendation;
  throw new GovernanceError(
    'not-found',
    retirementOf(key) ?? 'That recommendation does not concern any resource that you can see.',
  );
};

/** Those of some scopes that are wider than a resource and that the person may read, nearest first. */
export const widerScopes = (
  scopes: readonly string[],
  { access, hierarchy }: Pick<Viewpoint, 'access' | 'hierarchy'>,
): Choice[] =>
  distinctBy(
    scopes.filter((scope) => scopeKind(scope) !== 'resource'),
    normalId,
  )
    .filter((scope) => mayDo(access, readAssessments, scope, hierarchy))
    .map((scope) => ({ scope, depth: scopeChain(scope, hierarchy).length }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ scope }) => ({ id: scope, label: scopeTitle(scope, hierarchy) }));

/** Resources under labels that differ. */
export const labelled = (ids: readonly string[], { hierarchy }: Pick<Viewpoint, 'hierarchy'>): readonly Choice[] =>
  distinctLabels(ids.map((id) => ({ id, label: scopeLabel(id, hierarchy) })));

/**
 * All resources on which the recommendation is open, and the scopes around them, as far as the person may read them in Azure. If a request
 * is replaced, `only` its scopes, whether the recommendation is open there or not.
 */
export const offerChoices = async (
  desk: Desk,
  person: Person,
  key: string,
  only?: readonly string[],
): Promise<Offer> => {
  const asker = { person, channelId: undefined };
  const viewpoint = await takeViewpoint(desk, asker);
  const { hierarchy, where } = viewpoint;
  const [recommendation, assessments, waiting] = await Promise.all([
    desk.recommendations.recommendation(key, where),
    desk.recommendations.assessments(key, where),
    findWaitingFor(desk, asker, viewpoint, key),
  ]);
  const isMeant = ({ resourceId, status }: Assessment): boolean =>
    only === undefined ? status === 'unhealthy' : only.some((scope) => sameId(scope, resourceId));
  const open = assessments.filter(isMeant).map(({ resourceId }) => resourceId);
  return {
    recommendation: refuseUnlessThere(recommendation, key),
    resources: labelled(open, viewpoint),
    first: 0,
    found: open.length,
    chosen: [],
    scopes: widerScopes(only ?? open.flatMap((id) => scopeChain(id, hierarchy)), viewpoint),
    moreScopes: 0,
    waiting,
  };
};
