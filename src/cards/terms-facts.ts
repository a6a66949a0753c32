import type { ScoreOutlook } from '../core/score-outlook.ts';
import type { Terms } from '../core/terms.ts';
import { shortened } from './plain-text.ts';
import { scoreSentence } from './score-words.ts';
import { categoryWords, listed } from './wording.ts';

export type Fact = { readonly label: string; readonly text: string };

/** The terms of a request as facts, in the order of the form. */
export const factsOfTerms = (
  terms: Terms,
  scopeLabels: readonly string[],
  expires: string,
  score: ScoreOutlook | undefined,
): Fact[] => [
  {
    label: 'Scope',
    text: listed(
      scopeLabels.map((label) => shortened(label, 120)),
      10,
    ),
  },
  { label: 'Name', text: terms.name },
  { label: 'Category', text: categoryWords[terms.category] },
  { label: 'Secure score', text: scoreSentence(terms.category, score) },
  { label: 'Expires', text: expires },
  ...(terms.ticket === '' ? [] : [{ label: 'Ticket', text: terms.ticket }]),
];
