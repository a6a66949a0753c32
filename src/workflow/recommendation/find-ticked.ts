import { rowsAtOnce } from '../../core/list-page.ts';
import type { TokenOf, Ticks } from '../../core/request/choice-token.ts';
import type { AssessmentsMeant } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';

/**
 * The resources among which those are that somebody ticked on a page of the list: those around the page that their card showed, or all unhealthy ones where the list
 * has changed since. Nobody ticked anything: none.
 */
export const findTicked = async (
  { recommendations }: Pick<Desk, 'recommendations'>,
  question: AssessmentsMeant,
  { ticked, first = 0 }: Ticks,
  tokenOf: TokenOf,
): Promise<{ readonly id: string }[]> => {
  if (ticked.length === 0) return [];
  const offered = (rows: readonly { readonly resourceId: string }[]) => rows.map(({ resourceId: id }) => ({ id }));
  const part = { skip: first - (first % rowsAtOnce), most: rowsAtOnce };
  const { rows } = await recommendations.ofStatus({ ...question, status: 'unhealthy' }, part);
  const tokens = new Set(rows.map(({ resourceId }) => tokenOf(resourceId)));
  if (ticked.every((token) => tokens.has(token))) return offered(rows);
  const { key, where, resources } = question;
  return offered(
    (await recommendations.assessments(key, where, resources)).filter(({ status }) => status === 'unhealthy'),
  );
};
