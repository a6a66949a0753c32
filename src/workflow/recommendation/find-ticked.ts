import { rowsAtOnce, usualPageSize } from '../../core/list-page.ts';
import type { TokenOf, Ticks } from '../../core/request/choice-token.ts';
import type { Desk } from '../desk.ts';
import { readPart, type PartMeant } from './read-part.ts';

/**
 * The resources among which those are that somebody ticked on a page of the list: those around the page that their card showed, or all unhealthy ones where the list
 * has changed since. Nobody ticked anything: none.
 */
export const findTicked = async (
  desk: Pick<Desk, 'recommendations' | 'database'>,
  question: PartMeant,
  { ticked, first = 0 }: Ticks,
  tokenOf: TokenOf,
): Promise<{ readonly id: string }[]> => {
  if (ticked.length === 0) return [];
  const offered = (rows: readonly { readonly resourceId: string }[]) => rows.map(({ resourceId: id }) => ({ id }));
  // Of what the mirror finds Azure is asked resource by resource.
  const most = question.fromMirror === undefined ? rowsAtOnce : usualPageSize;
  const { rows } = await readPart(desk, { ...question, status: 'unhealthy' }, { skip: first - (first % most), most });
  const tokens = new Set(rows.map(({ resourceId }) => tokenOf(resourceId)));
  if (ticked.every((token) => tokens.has(token))) return offered(rows);
  const { key, where, resources } = question;
  return offered(
    (await desk.recommendations.assessments(key, where, resources)).filter(({ status }) => status === 'unhealthy'),
  );
};
