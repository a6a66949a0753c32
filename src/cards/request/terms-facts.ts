import { firstFew } from '../../core/first-few.ts';
import type { ScoreOutlook } from '../../core/score/secure-score.ts';
import type { Renewal } from '../../core/request/renewal.ts';
import type { Terms } from '../../core/request/terms.ts';
import { shortened } from '../../core/visible-text.ts';
import { scoreSentence } from '../recommendation/score-words.ts';
import { categoryWords, counted } from '../wording.ts';

export type Fact = { readonly label: string; readonly text: string };

/** Which request this one renews or replaces; nothing for a first request. */
export const renewalFacts = (renewal: Renewal | undefined): Fact[] => {
  if (renewal === undefined) return [];
  const { of, number, firstLasted } = renewal;
  if (number === 0) return [{ label: 'Replaces', text: `${of}, with the same expiry date or an earlier one` }];
  const first = firstLasted === 'for ever' ? 'never expires' : `lasted ${counted(firstLasted, 'day')}`;
  return [{ label: 'Renewal', text: `Number ${number}, renews ${of}; the first exemption ${first}` }];
};

/** The terms of a request as facts, in the order of the form. */
export const factsOfTerms = (
  terms: Terms,
  scopeLabels: readonly string[],
  expires: string,
  score: ScoreOutlook | undefined,
): Fact[] => [
  {
    label: 'Scope',
    text: firstFew(
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
