import { GovernanceError } from '../governance-error.ts';
import { wholeDayMeant } from './day-meant.ts';
import type { DayContext } from './read-day.ts';

/** Days from one to another one, both included, as `2026-12-31`; undefined: open on that side. At least one of them is there. */
export type Days = { readonly from?: string | undefined; readonly to?: string | undefined };

/** Telephones make one character of three dots. */
const between = /\s*(?:\.{2,}|…)\s*/;

/**
 * Reads a range of days that is all of a text: `30d..90d`, `2026-12-01..2026-12-31`, `1 Dec..`, `..end of March`; a day alone is the last one. Throws
 * GovernanceError invalid with a question where a day is not certain, or the first one is after the last.
 */
export const daysMeant = (text: string, context: DayContext): Days => {
  const parts = text.trim().split(between);
  const [from = '', to = ''] = parts.length === 1 ? ['', ...parts] : parts;
  if (parts.length > 2 || (from === '' && to === ''))
    throw new GovernanceError('invalid', `“${text}” is no range of days. Write one such as 30d..90d, 30d.. or ..90d.`);
  const [first, last] = [from, to].map((each) => (each === '' ? undefined : wholeDayMeant(each, context)));
  if (first !== undefined && last !== undefined && first > last)
    throw new GovernanceError('invalid', `${first} is after ${last}. Write the earlier day first: ${last}..${first}.`);
  return { from: first, to: last };
};
