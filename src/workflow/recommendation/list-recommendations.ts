import { readAssessments } from '../../core/access/access.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { worstFirst, type RecommendationStanding } from '../../core/tenant/recommendation.ts';
import { meansSeverity, type Severity } from '../../core/tenant/severity.ts';
import type { Desk } from '../desk.ts';
import { estimateGains, type ScoreGains } from './estimate-gains.ts';
import { findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { narrowByName, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type RecommendationFilter = {
  readonly text: string;
  readonly severity: Severity | undefined;
  /** Name or id of a subscription or management group, as typed. */
  readonly subscription: string;
  /** ARM resource type, as typed. */
  readonly type: string;
  /** List those with exempted resources instead of those with unhealthy ones. */
  readonly exempt: boolean;
};

export type RecommendationList = {
  readonly standings: readonly RecommendationStanding[];
  readonly gains: ScoreGains;
  readonly viewpoint: Viewpoint;
  /** Undefined unless it is empty. */
  readonly whyEmpty: WhyEmpty | undefined;
};

/** The recommendations that the asker may see, worst first; or why there are none. */
export const listRecommendations = (
  desk: Desk,
  asker: Asker,
  filter: RecommendationFilter,
): Promise<RecommendationList> =>
  readingFor(filter.exempt ? 'recommendations with exemptions' : 'recommendations', () => list(desk, asker, filter));

const list = async (desk: Desk, asker: Asker, filter: RecommendationFilter): Promise<RecommendationList> => {
  const whole = await takeViewpoint(desk, asker);
  // Who can read nothing needs a role and not another name.
  const isNarrowed = filter.subscription !== '' && whole.scopes.length > 0;
  const viewpoint = isNarrowed ? narrowByName(whole, filter.subscription) : whole;
  const [standings, gains] = await Promise.all([
    desk.recommendations.standings(viewpoint.where, filter.type === '' ? undefined : filter.type),
    estimateGains(desk, asker, viewpoint.where),
  ]);
  const words = filter.text.toLowerCase().split(/\s+/);
  const isListed = (each: RecommendationStanding): boolean => (filter.exempt ? each.exempted : each.unhealthy) > 0;
  const found = standings
    .filter(isListed)
    .filter((each) => filter.severity === undefined || meansSeverity(filter.severity, each.severity))
    .filter((each) => words.every((word) => each.title.toLowerCase().includes(word)))
    .sort(worstFirst);
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const isAll = !isNarrowed && filter.type === '';
    const all = isAll ? standings : await desk.recommendations.standings(whole.where);
    return findWhyEmpty(desk, asker.person, whole, readAssessments, all.filter(isListed).length);
  };
  return { viewpoint, gains, standings: found, whyEmpty: found.length > 0 ? undefined : await whyEmpty() };
};
