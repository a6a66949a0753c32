import { firstFew } from '../core/first-few.ts';
import type { TokenOf } from '../core/request/choice-token.ts';
import { shortened } from '../core/visible-text.ts';
import type { Choice } from './card-action.ts';
import { withoutMarkup } from './plain-text.ts';

export type Offered = { readonly id: string; readonly label: string };

export const isAmong = (ids: readonly string[], id: string): boolean =>
  ids.some((each) => each.toLowerCase() === id.toLowerCase());

/** A choice, by a token: the name of a thing in Azure may hold the comma by which Teams joins what is ticked. */
export const choiceOf = ({ id, label }: Offered, tokenOf: TokenOf): Choice => ({
  title: withoutMarkup(shortened(label, 100)),
  value: tokenOf(id),
});

/** What Teams takes as ticked. */
export const tickedAmong = (shown: readonly Offered[], chosen: readonly string[], tokenOf: TokenOf): string =>
  shown
    .filter(({ id }) => isAmong(chosen, id))
    .map(({ id }) => tokenOf(id))
    .join(',');

/** As many as fit into a number of characters, in the order offered. What is already selected comes first, so that none of it is lost. */
const fittingAmong = (offered: readonly Offered[], chosen: readonly string[], budget: number): ReadonlySet<Offered> => {
  let left = budget;
  const fits = ({ label }: Offered): boolean => (left -= withoutMarkup(shortened(label, 100)).length + 48) >= 0;
  const isChosen = ({ id }: Offered): boolean => isAmong(chosen, id);
  return new Set([...offered.filter(isChosen), ...offered.filter((each) => !isChosen(each))].filter(fits));
};

/** The choices that fit into a number of characters, and how many do not. Tokens are made for those that fit only. */
export const withinBudget = (
  offered: readonly Offered[],
  chosen: readonly string[],
  budget: number,
  tokenOf: TokenOf,
): { readonly choices: readonly Choice[]; readonly leftOut: number } => {
  const fitting = fittingAmong(offered, chosen, budget);
  return {
    choices: offered.filter((each) => fitting.has(each)).map((each) => choiceOf(each, tokenOf)),
    leftOut: offered.length - fitting.size,
  };
};

/** What is ticked on other pages than the one that is shown; empty if nothing is. */
export const selectedElsewhere = (labels: readonly string[]): string =>
  labels.length === 0
    ? ''
    : `Also selected, on other pages: ${firstFew(
        labels.map((label) => shortened(label, 80)),
        5,
      )}`;
