import type { ResourcesWanted } from '../../core/mirror/resource-standings.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { AssessmentsFound, AssessmentsMeant } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';

/** Which resources of a recommendation are meant. With `fromMirror` those that it finds, which were read within the last hours. */
export type PartMeant = AssessmentsMeant & { readonly fromMirror?: ResourcesWanted | undefined };

/** So many rows are read for a page of resources, with what is below them. */
const mostBelow = 100;

/**
 * A part of the assessments of one status, and how many there are. Where the mirror knows which resources are meant, Azure is asked for those of the part
 * alone, and what has changed since is missing in it.
 */
export const readPart = async (
  { recommendations, database }: Pick<Desk, 'recommendations' | 'database'>,
  { fromMirror, ...question }: PartMeant & { readonly status: 'unhealthy' | 'exempt' },
  part: { readonly skip: number; readonly most: number },
): Promise<AssessmentsFound> => {
  if (fromMirror === undefined) return recommendations.ofStatus(question, part);
  const { key, status, where } = question;
  const { ids, found } = await database.resourceStandings.having(fromMirror, { key, status, ...part });
  if (ids.length === 0) return { rows: [], found };
  // Below a resource may be others of the same recommendation.
  const there = { ...where, subscriptions: [], narrower: ids };
  const rows = await recommendations.ofStatus({ key, status, where: there }, { skip: 0, most: mostBelow });
  const isOfPart = new Set(ids);
  return { rows: rows.rows.filter(({ resourceId }) => isOfPart.has(normalId(resourceId))), found };
};
