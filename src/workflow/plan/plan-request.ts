import { distinctBy } from '../../core/lists.ts';
import { normalId, resourceTypeOf } from '../../core/tenant/arm-id.ts';
import { alsoExempted, planExemptions, type Target } from '../../core/plan/exemption-plan.ts';
import { goneFrom, withGone, type Gone } from '../../core/plan/gone-references.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Obstacle } from '../../core/plan/obstacle.ts';
import { overlapObstacles } from '../../core/plan/overlap-obstacles.ts';
import type { PolicyAssignment } from '../../core/tenant/policy.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import { looksAtLocation, type ResourceSelector } from '../../core/tenant/resource-selector.ts';
import type { Terms } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';
import { readAssignments, readInitiatives } from './map-policies.ts';

export type PlannedRecommendation = Pick<Recommendation, 'key' | 'title' | 'policyDefinitionId'>;

/** The terms that a plan depends on. */
export type PlannedTerms = Pick<Terms, 'scopes' | 'category'> & { readonly expiresAt: Date | undefined };

/** The plan for the current state of Azure, and the facts it was made from. */
export type Draught = {
  readonly targets: readonly Target[];
  readonly obstacles: readonly Obstacle[];
  readonly alsoExempts: readonly string[];
  readonly hierarchy: Hierarchy;
  /** The exemptions at, above and below the scopes. */
  readonly existing: readonly Exemption[];
  readonly assignments: readonly PolicyAssignment[];
  /** What is gone of the exemptions that the plan replaces or repeats. */
  readonly gone: readonly Gone[];
};

/** Read only if a selector uses locations, because that requires a permission that Exemption Desk may not have. */
const locationsOf = async (
  desk: Desk,
  scopes: readonly string[],
  selecting: readonly { readonly resourceSelectors?: readonly ResourceSelector[] }[],
): Promise<ReadonlyMap<string, string>> =>
  selecting.some(({ resourceSelectors }) => looksAtLocation(resourceSelectors ?? []))
    ? desk.resources.locations(scopes.filter((scope) => resourceTypeOf(scope) !== undefined))
    : new Map();

/** What a plan at some scopes is made from. */
const readForPlan = async (desk: Desk, scopes: readonly string[]) => {
  const reading = desk.hierarchy();
  return Promise.all([
    reading,
    reading.then((known) => desk.exemptions.near(scopes, known)),
    desk.recommendations.catalogue(),
    Promise.all(scopes.map((scope) => readAssignments(desk, scope))),
  ]);
};

/** Asks for it before it is needed, on a desk that asks each question once. A failure comes out where the plan is made. */
export const askForPlan = (desk: Desk, scopes: readonly string[]): void => {
  readForPlan(desk, scopes).catch(() => undefined);
};

/**
 * Plans a recommendation at each scope of the terms. Exemptions with an id in `ignoring` are ignored. What the assigned versions no longer
 * include of `own`, the exemptions that it replaces or repeats, is named.
 */
export const planRequest = async (
  desk: Desk,
  recommendation: PlannedRecommendation,
  { scopes, category, expiresAt }: PlannedTerms,
  ignoring: readonly string[] = [],
  own: readonly Target[] = [],
): Promise<Draught> => {
  const [hierarchy, near, catalogue, perScope] = await readForPlan(desk, scopes);
  const ignored = new Set(ignoring.map(normalId));
  const existing = near.filter(({ id }) => !ignored.has(normalId(id)));
  const assignments = distinctBy(perScope.flat(), ({ id }) => normalId(id));
  const [initiatives, locations] = await Promise.all([
    readInitiatives(desk, assignments),
    locationsOf(desk, scopes, [...assignments, ...existing]),
  ]);
  const plans = scopes.map((scope, index) =>
    planExemptions({
      recommendation,
      scope,
      category,
      expiresAt,
      assignments: perScope[index] ?? [],
      initiatives,
      existing,
      hierarchy,
      location: locations.get(normalId(scope)),
      now: desk.now(),
      hash: desk.hash,
    }),
  );
  const overlaps = overlapObstacles(
    plans.flatMap((plan) => plan.findings),
    { category, expiresAt, hierarchy, timeZone: desk.timeZone },
  );
  const targets = distinctBy(
    plans.flatMap((plan) => plan.targets),
    ({ exemptionId }) => normalId(exemptionId),
  );
  const obstacles = distinctBy([...overlaps, ...plans.flatMap((plan) => plan.obstacles)], ({ sentence }) => sentence);
  const gone = goneFrom(own, assignments, initiatives);
  return {
    targets,
    obstacles: withGone(obstacles, gone, targets),
    gone,
    alsoExempts: alsoExempted(recommendation, catalogue),
    hierarchy,
    existing,
    assignments,
  };
};
