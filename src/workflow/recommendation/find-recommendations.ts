import { readAssessments } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { isGuid } from '../../core/tenant/arm-id.ts';
import { cloudWords, type CloudRecommendation } from '../../core/tenant/cloud-recommendation.ts';
import type { Recommendation, RecommendationStanding, Where } from '../../core/tenant/recommendation.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Desk } from '../desk.ts';
import { refuseWithoutRole } from '../rights/find-why-empty.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

/** Only its key is known of one that was named by it. */
type NamedRecommendation = Pick<Recommendation, 'key' | 'title'> &
  Partial<Pick<RecommendationStanding, 'severity' | 'policyDefinitionId'>>;

/** Throws GovernanceError not-found if a recommendation that was not found is about resources in AWS or GCP. */
export const refuseOtherCloud = async (
  desk: Desk,
  where: Where,
  isMeant: (each: CloudRecommendation) => boolean,
): Promise<void> => {
  const found = (await desk.recommendations.inOtherClouds(where)).find(isMeant);
  if (found === undefined) return;
  throw new GovernanceError(
    'not-found',
    `“${found.title}” is about resources in ${cloudWords(found.clouds)}, which no exemption of Azure Policy reaches. In the Azure portal use Environment settings > Exemptions.`,
  );
};

/** What a person may mean: never empty; without `isAll` there are more. */
type NamedRecommendations = {
  readonly meant: readonly [NamedRecommendation, ...NamedRecommendation[]];
  readonly isAll: boolean;
};

/** The ways in which words mean a title, the closest first. */
const waysToMean = (words: string): ((each: { readonly title: string }) => boolean)[] => {
  const wanted = words.toLowerCase();
  return [
    (title: string) => title === wanted,
    (title: string) => title.includes(wanted),
    (title: string) => wanted.split(/\s+/).every((word) => title.includes(word)),
  ].map((isMeant) => (each) => isMeant(each.title.toLowerCase()));
};

/** Among so many titles of the catalogue the mirror finds the one that is meant. */
const mostTried = 5;

/**
 * The only recommendation that words mean closest and that the mirror has in sight, so that its card need not wait for a list; undefined: Azure has to say
 * which are meant.
 */
const clearlyNamed = async (
  { recommendations, database }: Desk,
  viewpoint: Viewpoint,
  words: string,
): Promise<NamedRecommendation | undefined> => {
  const catalogue = await recommendations.catalogue();
  const fitting = waysToMean(words)
    .map((way) => catalogue.filter(way))
    .find((each) => each.length > 0);
  if (fitting === undefined || fitting.length > mostTried) return undefined;
  const keys = fitting.map(({ key }) => key);
  const standing = await database.resourceStandings.standingIn(scopeFilter(viewpoint), keys);
  const [first, ...others] = fitting.filter(({ key }) => standing.includes(key.toLowerCase()));
  return others.length === 0 ? first : undefined;
};

/** So many pages of a list are looked at: what Azure gives with one question. */
const mostPages = 10;

/**
 * The recommendations that a person may mean, at most a hundred: the one with that key or title, otherwise those whose title contains the words
 * together, otherwise those that contain each of them.
 */
export const recommendationsNamed = async (desk: Desk, asker: Asker, words: string): Promise<NamedRecommendations> => {
  if (isGuid(words)) return { meant: [{ key: words.toLowerCase(), title: '' }], isAll: true };
  const viewpoint = await takeViewpoint(desk, asker);
  const { where, scopes } = viewpoint;
  if (scopes.length === 0) await refuseWithoutRole(desk, asker.person, 'recommendations', readAssessments);
  const clear = await clearlyNamed(desk, viewpoint, words);
  if (clear !== undefined) return { meant: [clear], isAll: true };
  const pageOf = (page: number) =>
    desk.recommendations.standings(where, { having: 'either', text: words, closestFirst: true }, page);
  const { found, size, ...start } = await pageOf(1);
  const furtherPages = Math.min(mostPages, Math.ceil(found / size)) - 1;
  const further = await Promise.all(Array.from({ length: Math.max(0, furtherPages) }, (_, index) => pageOf(index + 2)));
  const rows = [start, ...further].flatMap((page) => page.rows);
  const ways = waysToMean(words);
  const [first, ...others] = ways.map((way) => rows.filter(way)).find((fitting) => fitting.length > 0) ?? [];
  if (first !== undefined)
    return { meant: [first, ...others], isAll: others.length + 1 < rows.length || rows.length === found };
  await refuseOtherCloud(desk, where, (each) => ways.some((way) => way(each)));
  throw new GovernanceError(
    'not-found',
    `No recommendation that you can see is called “${words}”. To list them, send: recommendations`,
  );
};
