import type { KeptGap } from '../../core/inventory/kept-gaps.ts';
import type { Desk } from '../desk.ts';
import { followGaps, type GapsNow } from './follow-gaps.ts';
import type { SweepLook } from './look-around.ts';
import { closedGapNews, gapNews } from './news/other-news.ts';
import type { Stock } from './take-stock.ts';
import { tellOccurrences } from './tell-occurrences.ts';

const keptOf = ({ reference, assignmentId, assignmentName, round }: KeptGap, open: boolean): KeptGap => ({
  reference,
  assignmentId,
  assignmentName,
  round,
  open,
});

/** Stores what was told. */
const noteGaps = async (desk: Desk, { open, closed, over }: GapsNow): Promise<void> => {
  await desk.database.gaps.keep([...open.map((gap) => keptOf(gap, true)), ...closed.map((gap) => keptOf(gap, false))]);
  await desk.database.gaps.forget(over);
};

/** Tells of coverage gaps, portion by portion, and stores what was told. After a crash in between, claims prevent a second alert. */
export const tellGaps = async (desk: Desk, look: SweepLook, stock: Stock, policies: string): Promise<void> => {
  for await (const gaps of followGaps(desk, look, stock, policies)) {
    const context = { desk, look };
    await tellOccurrences(desk, look, [...gapNews(context, gaps.open), ...closedGapNews(context, gaps.closed)]);
    await noteGaps(desk, gaps);
  }
};
