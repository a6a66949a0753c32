import type { Reach } from '../../core/plan/reach.ts';
import { shortened } from '../../core/visible-text.ts';

/** The line about what a request hits, as cards show it: a wide scope is called wide, and stands in a coloured container unless the request is over. */
export const hitsShown = (reach: Reach | undefined, isOver = false) => ({
  word: reach?.isWide === true ? 'Wide: ' : '',
  text: shortened(reach?.sentence ?? '', 600),
  style: reach?.isWide === true && !isOver ? 'attention' : 'default',
});
