import type { ScoreEffect } from './secure-score.ts';

/** What is known beforehand of an exemption's effect on the classic secure score. */
export type ScoreOutlook =
  /** Preview recommendations and those in no control never count. */
  | { readonly kind: 'uncounted'; readonly why: 'preview' | 'no-control' }
  | { readonly kind: 'effects'; readonly effects: readonly (ScoreEffect & { readonly place: string })[] };
