import { usualPageSize, type ListPage } from '../../core/list-page.ts';
import type { Assessment, AssessmentsFound } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { readPart } from './read-part.ts';

type StatusQuestion = Parameters<typeof readPart>[1];

/** A page of the assessments of one status; a page beyond the end is the last one. Only the page is read. */
export const readStatusPage = async (
  desk: Pick<Desk, 'recommendations' | 'database'>,
  question: StatusQuestion,
  wanted: number,
): Promise<ListPage<Assessment>> => {
  const size = usualPageSize;
  const read = (number: number): Promise<AssessmentsFound> =>
    readPart(desk, question, { skip: (number - 1) * size, most: size });
  const asked = await read(wanted);
  const last = Math.max(1, Math.ceil(asked.found / size));
  const { rows, found } = wanted > last ? await read(last) : asked;
  return { rows, number: Math.min(wanted, last), size, found, isOpen: false };
};
