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
export const withinBudget = (
  offered: readonly Offered[],
  chosen: readonly string[],
  budget: number,
  tokenOf: TokenOf,
): Choice[] => {
  const choices = offered.map((each) => ({ ...choiceOf(each, tokenOf), chosen: isAmong(chosen, each.id) }));
  let left = budget;
  const fitting = choices
    .toSorted((a, b) => Number(b.chosen) - Number(a.chosen))
    .filter(({ title, value }) => (left -= title.length + value.length + 24) >= 0);
  return choices.filter((choice) => fitting.includes(choice)).map(({ title, value }) => ({ title, value }));
};

/** What is ticked on other pages than the one that is shown; empty if nothing is. */
export const selectedElsewhere = (labels: readonly string[]): string =>
  labels.length === 0
    ? ''
    : `Also selected, on other pages: ${firstFew(
        labels.map((label) => shortened(label, 80)),
        5,
      )}`;
