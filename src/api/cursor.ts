import { problemOf, Refused } from './problem.ts';

type Hash = (text: string) => string;

const shape = /^(\d{1,6})\.([0-9a-f]{12})$/;

const of = (list: string, hash: Hash): string => hash(list).slice(0, 12);

/** A text that stands for a page of a list. `list` is its path with its filters: the pages of another list are other ones. */
export const cursorOf = (page: number, list: string, hash: Hash): string =>
  Buffer.from(`${page}.${of(list, hash)}`).toString('base64url');

/** The page that a cursor stands for, 1 without one. Throws Refused for a cursor that this list did not give. */
export const pageAt = (cursor: string | undefined, list: string, hash: Hash): number => {
  if (cursor === undefined) return 1;
  const [, page, key] = shape.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (page === undefined || key !== of(list, hash))
    throw new Refused(
      problemOf(
        'invalid',
        'That cursor is not of this list. Begin again without a cursor, and follow Link: rel="next".',
      ),
    );
  return Number(page);
};
