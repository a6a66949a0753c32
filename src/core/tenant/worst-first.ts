import { readPage, type ListPage } from '../list-page.ts';
import type { RecommendationStanding, StandingsWanted } from './recommendation.ts';
import { bySeverityRank } from './severity.ts';

const countIn: Readonly<Record<StandingsWanted['having'], (each: RecommendationStanding) => number>> = {
  open: ({ unhealthy }) => unhealthy,
  exempt: ({ exempted }) => exempted,
  either: ({ unhealthy, exempted }) => unhealthy + exempted,
};

const isExemptable = ({ policyDefinitionId }: Pick<RecommendationStanding, 'policyDefinitionId'>): boolean =>
  policyDefinitionId !== undefined;

/** The order in which Azure sorts lists of recommendations. */
const worstFirst = (a: RecommendationStanding, b: RecommendationStanding): number =>
  bySeverityRank(a.severity, b.severity) ||
  Number(isExemptable(b)) - Number(isExemptable(a)) ||
  b.unhealthy - a.unhealthy ||
  (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1);

/** A page of recommendations that were counted here, as `standings` of Azure would return it. Pure. */
export const pageOfStandings = (
  counted: readonly RecommendationStanding[],
  { having, text = '', severity, keys, exemptable = false }: StandingsWanted,
  page: number,
): Promise<ListPage<RecommendationStanding>> => {
  const words = text.toLowerCase().split(/\s+/);
  const those = keys && new Set(keys.map((key) => key.toLowerCase()));
  const rows = counted
    .filter((each) => countIn[having](each) > 0)
    .filter((each) => severity === undefined || each.severity === severity)
    .filter((each) => !exemptable || isExemptable(each))
    .filter(({ key }) => those?.has(key) !== false)
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .toSorted(worstFirst);
  return readPage({ count: async () => rows.length, read: async (skip, most) => rows.slice(skip, skip + most) }, page);
};
