import type { Choice } from '../card-action.ts';
import { shortened } from '../../core/visible-text.ts';
import { withoutMarkup } from '../plain-text.ts';

export type Offered = { readonly id: string; readonly label: string };

export const isAmong = (ids: readonly string[], id: string): boolean =>
  ids.some((each) => each.toLowerCase() === id.toLowerCase());

/** As many choices as fit into a number of characters, in the order offered. Choices that are already selected come first, so that none is lost. */
export const withinBudget = (offered: readonly Offered[], chosen: readonly string[], budget: number): Choice[] => {
  const choices = offered.map((each) => ({
    title: withoutMarkup(shortened(each.label, 100)),
    value: each.id,
    chosen: isAmong(chosen, each.id),
  }));
  let left = budget;
  const fitting = choices
    .toSorted((a, b) => Number(b.chosen) - Number(a.chosen))
    .filter(({ title, value }) => (left -= title.length + value.length + 24) >= 0);
  return choices.filter((choice) => fitting.includes(choice)).map(({ title, value }) => ({ title, value }));
};
