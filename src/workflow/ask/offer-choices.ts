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
import { takeViewpoint } from '../rights/take-viewpoint.ts';

/** The choices in the form for an exemption from one recommendation. */
export type Offer = {
  readonly recommendation: Recommendation;
  readonly resources: readonly { readonly id: string; readonly label: string }[];
  /** Wider scopes, nearest first. */
  readonly scopes: readonly { readonly id: string; readonly label: string }[];
  /** What was asked for already and waits, as far as the person may see it. */
  readonly waiting: WaitingRequests;
};

/**
 * The resources on which the recommendation is open, and the scopes around them, as far as the person may read them in Azure. If a request
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
  const { hierarchy, access, where } = viewpoint;
  const [recommendation, assessments, waiting] = await Promise.all([
    desk.recommendations.recommendation(key, where),
    desk.recommendations.assessments(key, where),
    findWaitingFor(desk, asker, viewpoint, key),
  ]);
  if (recommendation === undefined)
    throw new GovernanceError(
      'not-found',
      retirementOf(key) ?? 'That recommendation does not concern any resource that you can see.',
    );
  const isMeant = ({ resourceId, status }: Assessment): boolean =>
    only === undefined ? status === 'unhealthy' : only.some((scope) => sameId(scope, resourceId));
  const open = assessments.filter(isMeant);
  const around = (only ?? open.flatMap((assessment) => scopeChain(assessment.resourceId, hierarchy))).filter(
    (scope) => scopeKind(scope) !== 'resource',
  );
  const wider = distinctBy(around, normalId)
    .filter((scope) => mayDo(access, readAssessments, scope, hierarchy))
    .map((scope) => ({ scope, depth: scopeChain(scope, hierarchy).length }))
    .sort((a, b) => b.depth - a.depth);
  return {
    recommendation,
    resources: distinctLabels(
      open.map(({ resourceId }) => ({ id: resourceId, label: scopeLabel(resourceId, hierarchy) })),
    ),
    scopes: wider.map(({ scope }) => ({ id: scope, label: scopeTitle(scope, hierarchy) })),
    waiting,
  };
};
