import { GovernanceError } from '../core/governance-error.ts';
import { common, queryScopes, scopeLabel, scopeNamed } from '../core/hierarchy.ts';
import { worstFirst, type RecommendationStanding, type Severity } from '../core/recommendation.ts';
import type { Desk } from './desk.ts';
import { viewpointOf, type Asker, type Viewpoint } from './viewpoint.ts';

export type RecommendationFilter = {
  readonly text: string;
  readonly severity: Severity | undefined;
  /** Name or id of a subscription or management group, as typed. */
  readonly subscription: string;
  /** ARM resource type, as typed. */
  readonly type: string;
  /** Show those with exempted resources instead of those with unhealthy ones. */
  readonly exempt: boolean;
};

export type RecommendationList = {
  readonly standings: readonly RecommendationStanding[];
  readonly viewpoint: Viewpoint;
};

const narrowed = (viewpoint: Viewpoint, wanted: string): Viewpoint => {
  const scope = scopeNamed(wanted, viewpoint.hierarchy);
  const scopes = scope === undefined ? [] : common(viewpoint.scopes, [scope], viewpoint.hierarchy);
  if (scope === undefined || scopes.length === 0) {
    throw new GovernanceError(
      'not-found',
      `You can read nothing called “${wanted}”. Say a subscription or management group by its name.`,
    );
  }
  return {
    ...viewpoint,
    scopes,
    where: queryScopes(scopes, viewpoint.hierarchy),
    label: scopeLabel(scope, viewpoint.hierarchy),
  };
};

/** The recommendations that the asker may see, worst first. */
export const listRecommendations = async (
  desk: Desk,
  asker: Asker,
  filter: RecommendationFilter,
): Promise<RecommendationList> => {
  const whole = await viewpointOf(desk, asker);
  const viewpoint = filter.subscription === '' ? whole : narrowed(whole, filter.subscription);
  const standings = await desk.recommendations.standings(viewpoint.where, filter.type === '' ? undefined : filter.type);
  const text = filter.text.toLowerCase();
  return {
    viewpoint,
    standings: standings
      .filter((each) => (filter.exempt ? each.exempted > 0 : each.unhealthy > 0))
      .filter((each) => filter.severity === undefined || each.severity === filter.severity)
      .filter((each) => each.title.toLowerCase().includes(text))
      .sort(worstFirst),
  };
};
