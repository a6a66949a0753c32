import type { ActionData } from './actions.ts';
import { action, type CardAction } from './card-action.ts';

const usualSize = 10;

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

/**
 * One page of a list; a page beyond the end shows the last one. `goTo` makes the data of a button that opens another page, from its number and
 * what this one shows.
 */
export const pageOf = <Row>(
  rows: readonly Row[],
  wanted: number,
  goTo: (page: number, shown: readonly Row[]) => ActionData,
  { size: pageSize = usualSize, withInputs = false }: PageOptions = {},
): Page<Row> => {
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(Math.max(1, wanted), pages);
  const start = (page - 1) * pageSize;
  const shown = rows.slice(start, start + pageSize);
  const to = (title: string, other: number): CardAction[] =>
    other >= 1 && other <= pages ? [action(title, goTo(other, shown), { withoutInputs: !withInputs })] : [];
  return {
    rows: shown,
    number: page,
    label: pages === 1 ? '' : `${start + 1}–${start + shown.length} of ${rows.length}`,
    buttons: [...to('Previous', page - 1), ...to('Next', page + 1)],
  };
};
