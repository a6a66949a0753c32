import { worstFirst, type RecommendationStanding, type Severity } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { estimateGains, type ScoreGains } from './estimate-gains.ts';
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
};

/** The recommendations that the asker may see, worst first. */
export const listRecommendations = async (
  desk: Desk,
  asker: Asker,
  filter: RecommendationFilter,
): Promise<RecommendationList> => {
  const whole = await takeViewpoint(desk, asker);
  const viewpoint = filter.subscription === '' ? whole : narrowByName(whole, filter.subscription);
  const [standings, gains] = await Promise.all([
    desk.recommendations.standings(viewpoint.where, filter.type === '' ? undefined : filter.type),
    estimateGains(desk, asker, viewpoint.where),
  ]);
  const words = filter.text.toLowerCase().split(/\s+/);
  return {
    viewpoint,
    gains,
    standings: standings
      .filter((each) => (filter.exempt ? each.exempted > 0 : each.unhealthy > 0))
      .filter((each) => filter.severity === undefined || each.severity === filter.severity)
      .filter((each) => words.every((word) => each.title.toLowerCase().includes(word)))
      .sort(worstFirst),
  };
};
