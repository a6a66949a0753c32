import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { ListPage } from '../../core/list-page.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import type { ResourceFilter } from '../../core/tenant/resource-filter.ts';
import type { Desk } from '../desk.ts';
import { mapShownPolicies } from './map-shown-policies.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import { readStatusPage } from './read-status-page.ts';
import { findWhatExempts, withReadableName, type ExemptedAssessment } from './find-what-exempts.ts';

export type ExemptedList = {
  readonly recommendation: Recommendation;
  readonly page: ListPage<ExemptedAssessment>;
  readonly viewpoint: Viewpoint;
};

/**
 * The resources of a recommendation that are exempt, that are meant and that the asker may see, a page of them in the order of their ids, each with what exempts
 * it. Only the page is read. Throws GovernanceError not-found if the recommendation concerns nothing that they may see.
 */
export const listExempted = async (
  desk: Desk,
  asker: Asker,
  key: string,
  wanted: number,
  resources?: ResourceFilter,
): Promise<ExemptedList> => {
  const viewpoint = await takeViewpoint(desk, asker);
  const { where, hierarchy } = viewpoint;
  const mapped = mapShownPolicies(desk);
  // A failure counts only once the recommendation is known to be there.
  mapped.catch(() => undefined);
  const [recommendation, page] = await Promise.all([
    desk.recommendations.recommendation(key, where),
    readStatusPage(desk, { key, where, resources, status: 'exempt' }, wanted),
  ]);
  if (recommendation === undefined)
    throw new GovernanceError(
      'not-found',
      retirementOf(key) ?? 'That recommendation does not concern any resource that you can see here.',
    );
  const exempt = page.rows.map((assessment) => withReadableName(assessment, hierarchy));
  return {
    recommendation,
    viewpoint,
    page: { ...page, rows: await findWhatExempts(desk, exempt, hierarchy, mapped) },
  };
};
