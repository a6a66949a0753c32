/** The rows on one page of a list. */
export const usualPageSize = 10;

/** So many rows Azure is asked for at once, so that turning a page costs it nothing. */
export const rowsAtOnce = 10 * usualPageSize;

/** The resources on one page of the form for a request. */
export const formPageSize = 20;

/** One page of a list of which the other rows stay where they are kept. */
export type ListPage<Row> = {
  readonly rows: readonly Row[];
  /** Which page it is, from 1. */
  readonly number: number;
  readonly size: number;
  /** How many rows the whole list has, as far as it was read. */
  readonly found: number;
  /** It was not read to its end: there are more. */
  readonly isOpen: boolean;
};

/** Nobody turns so many pages, and counting further would take longer the larger the tenant is. */
export const mostCounted = 1000;

/** A list that can count itself up to a number, and give a part. */
type Counted<Row> = {
  readonly count: (most: number) => Promise<number>;
  readonly read: (skip: number, most: number) => Promise<readonly Row[]>;
};

const lastOf = (found: number, size: number): number => Math.max(1, Math.ceil(found / size));

/** One page; a page beyond the end is the last one. */
export const readPage = async <Row>(
  { count, read }: Counted<Row>,
  wanted: number,
  size = usualPageSize,
): Promise<ListPage<Row>> => {
  const first = Math.max(1, wanted);
  const most = Math.max(mostCounted, first * size) + 1;
  const [found, rows] = await Promise.all([count(most), read((first - 1) * size, size)]);
  const number = Math.min(first, lastOf(found, size));
  return {
    rows: number === first ? rows : await read((number - 1) * size, size),
    number,
    size,
    found,
    isOpen: found === most,
  };
};

/** One page of a list of which each row has to be looked at; reads it no further than to the first row of the next page. */
export const takePage = async <Row>(
  list: AsyncIterable<Row>,
  wanted: number,
  size = usualPageSize,
): Promise<ListPage<Row>> => {
  const first = Math.max(1, wanted);
  const rows: Row[] = [];
  for await (const row of list) if (rows.push(row) > first * size) break;
  const isOpen = rows.length > first * size;
  const number = Math.min(first, lastOf(rows.length, size));
  return { rows: rows.slice((number - 1) * size, number * size), number, size, found: rows.length, isOpen };
};
