import type { Reach } from '../../core/plan/reach.ts';
import { shortened } from '../../core/visible-text.ts';

/** The line about what a request hits, as cards show it: a wide scope stands in a coloured container and is called wide. */
export const hitsShown = (reach: Reach | undefined) => ({
  word: reach?.isWide === true ? 'Wide: ' : '',
  text: shortened(reach?.sentence ?? '', 600),
  style: reach?.isWide === true ? 'attention' : 'default',
});
