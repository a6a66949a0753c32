import type { ActionData } from './actions.ts';
import { usualPageSize, type ListPage } from '../core/list-page.ts';
import { action, type CardAction } from './card-action.ts';

export type Page<Row> = {
  readonly rows: readonly Row[];
  /** Which page it is. */
  readonly number: number;
  /** "11–20 of 42"; empty where everything is on one page. */
  readonly label: string;
  readonly buttons: readonly CardAction[];
};

type PageOptions = {
  readonly size?: number;
  /** The page has inputs, which go with the press. */
  readonly withInputs?: boolean;
};

type GoTo<Row> = (page: number, shown: readonly Row[]) => ActionData;

const inThousands = (count: number): string => count.toLocaleString('en');

const rangeWords = (first: number, last: number, found: number, isOpen: boolean): string =>
  `${inThousands(first)}–${inThousands(last)} of ${isOpen ? `more than ${inThousands(found - 1)}` : inThousands(found)}`;

/** A page that was read as one. `goTo` makes the data of a button that opens another page, from its number and what this one shows. */
export const pageRead = <Row>(
  { rows, number, size, found, isOpen }: ListPage<Row>,
  goTo: GoTo<Row>,
  { withInputs = false }: PageOptions = {},
): Page<Row> => {
  const pages = Math.max(1, Math.ceil(found / size));
  const start = (number - 1) * size;
  const to = (title: string, other: number): CardAction[] =>
    other >= 1 && other <= pages
      ? [action(title, goTo(other, rows), { withoutInputs: !withInputs, turnsPage: true })]
      : [];
  return {
    rows,
    number,
    label: pages === 1 ? '' : rangeWords(start + 1, start + rows.length, found, isOpen),
    buttons: [...to('Previous', number - 1), ...to('Next', number + 1)],
  };
};

/** One page of a list that is all there; a page beyond the end shows the last one. `goTo` as above. */
export const pageOf = <Row>(
  rows: readonly Row[],
  wanted: number,
  goTo: GoTo<Row>,
  options: PageOptions = {},
): Page<Row> => {
  const size = options.size ?? usualPageSize;
  const number = Math.min(Math.max(1, wanted), Math.max(1, Math.ceil(rows.length / size)));
  const shown = rows.slice((number - 1) * size, number * size);
  return pageRead({ rows: shown, number, size, found: rows.length, isOpen: false }, goTo, options);
};
