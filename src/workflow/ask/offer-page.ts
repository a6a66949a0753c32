import { mayDo, readAssessments } from '../../core/access/access.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import { formPageSize, rowsAtOnce } from '../../core/list-page.ts';
import { scopeChain } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { AssessmentsMeant } from '../../core/tenant/recommendation.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { findWaitingFor } from '../recommendation/find-waiting.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';
import { labelled, offerChoices, refuseUnlessThere, widerScopes, type Offer } from './offer-choices.ts';

/** More resource groups than fit on the form. */
const mostGroups = 50;

type Wanted = {
  readonly page: number;
  /** The resources that are chosen already. */
  readonly chosen: Promise<readonly string[]>;
  /** The wider scope that is chosen already. */
  readonly scope: string;
};

const withoutThose = (ids: readonly string[], others: readonly string[]): string[] =>
  ids.filter((id) => !others.some((other) => sameId(other, id)));

/** The part of the unhealthy resources in which a page of the form is; beyond the end that of the last page. */
const readPart = async (
  recommendations: Desk['recommendations'],
  question: AssessmentsMeant,
  page: number,
): Promise<{ readonly ids: readonly string[]; readonly first: number; readonly found: number }> => {
  const start = (Math.max(1, page) - 1) * formPageSize;
  const first = start - (start % rowsAtOnce);
  const part = { skip: first, most: rowsAtOnce };
  const { rows, found } = await recommendations.ofStatus({ ...question, status: 'unhealthy' }, part);
  return first > 0 && first >= found
    ? readPart(recommendations, question, Math.ceil(found / formPageSize))
    : { ids: rows.map(({ resourceId }) => resourceId), first, found };
};

/**
 * The same as all choices for the page of a form: of the resources a part around that page. Where they are more than one part, the scopes around them come
 * from the mirror, and without it from all of them.
 */
export const offerPage = async (
  desk: Desk,
  person: Person,
  key: string,
  { page, chosen, scope }: Wanted,
): Promise<Offer> => {
  const asker = { person, channelId: undefined };
  const viewpoint = await takeViewpoint(desk, asker);
  const { hierarchy, where, access } = viewpoint;
  const [recommendation, part, waiting, around, others] = await Promise.all([
    desk.recommendations.recommendation(key, where),
    readPart(desk.recommendations, { key, where }, page),
    findWaitingFor(desk, asker, viewpoint, key),
    desk.database.resourceStandings.openAround(scopeFilter(viewpoint), key, mostGroups),
    chosen,
  ]);
  const { ids, first, found } = part;
  const isWhole = ids.length === found;
  if (!isWhole && around.subscriptions.length === 0) return offerChoices(desk, person, key);
  const elsewhere = withoutThose(others, ids).filter((id) => mayDo(access, readAssessments, id, hierarchy));
  const choices = labelled([...ids, ...elsewhere], viewpoint);
  const scopes = isWhole
    ? ids.flatMap((id) => scopeChain(id, hierarchy))
    : [...around.groups, ...around.subscriptions.flatMap((id) => scopeChain(id, hierarchy))];
  return {
    recommendation: refuseUnlessThere(recommendation, key),
    resources: choices.slice(0, ids.length),
    first,
    found,
    chosen: choices.slice(ids.length),
    scopes: widerScopes(isWhole || scope === 'resources' ? scopes : [...scopes, scope], viewpoint),
    moreScopes: isWhole ? 0 : around.moreGroups,
    waiting,
  };
};
