import { limitAtStart } from '../typed/day-meant.ts';
import { outsideQuotes, withoutQuotes } from '../typed/quotes.ts';
import type { DayContext } from '../typed/read-day.ts';
import { lengthAtStart } from '../typed/read-length.ts';
import { expiryChoices, type Form } from './terms.ts';

/** The parts of the line after `exempt`. */
export type ExemptWords = {
  /** Resource names; none: they are chosen in the form. */
  readonly resources: readonly string[];
  readonly recommendation: string;
  /** The last day as `2026-12-31`, however it was written. */
  readonly lastDay: string | undefined;
  /** Set as well if it was written as a number of days. */
  readonly days: number | undefined;
  readonly category: 'Waiver' | 'Mitigated' | undefined;
  /** The text after `because`, word for word. */
  readonly justification: string;
};

type Clauses = Pick<ExemptWords, 'lastDay' | 'days' | 'category'>;

const clause = /^(?:[\s\S]*\S)?\s+(?=(?:for|until|till|as)\s)/i;
const category = /^as\s+(?:a\s+)?(waiver|mitigated|mitigation)$/i;

/** What a clause at the end of the line says; undefined if it belongs to the title. Throws a question for a date that is not certain. */
const clauseIn = (text: string, context: DayContext): Partial<Clauses> | undefined => {
  const kind = category.exec(text)?.[1];
  if (kind !== undefined) return { category: /^w/i.test(kind) ? 'Waiver' : 'Mitigated' };
  if (/^as\s/i.test(text) || !/^(?:until|till|for\s+(?:\d|an?\s|[a-z]+\s+(?:day|week|month|year)))/i.test(text))
    return undefined;
  if (/^for\s+\D/i.test(text) && lengthAtStart(text.slice(4)) === undefined) return undefined;
  const limit = limitAtStart(text, context);
  if (limit?.rest !== '') return undefined;
  const length = /^for\s/i.test(text) ? lengthAtStart(text.slice(4))?.length : undefined;
  return { lastDay: limit.day, days: length?.unit === 'day' ? length.amount : undefined };
};

/** Takes the clauses off the end of the line, last first. */
const clausesOf = (line: string, context: DayContext): Clauses & { readonly left: string } => {
  const start = clause.exec(outsideQuotes(line))?.[0].length;
  const none = { left: line, lastDay: undefined, days: undefined, category: undefined };
  if (start === undefined) return none;
  const found = clauseIn(line.slice(start).trim(), context);
  return found === undefined ? none : { ...clausesOf(line.slice(0, start), context), ...found };
};

/** Splits where the pattern stands outside of quotes. */
const splitOutside = (text: string, separator: RegExp): string[] => {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: said, index } of outsideQuotes(text).matchAll(separator)) {
    parts.push(text.slice(from, index));
    from = index + said.length;
  }
  return [...parts, text.slice(from)];
};

/**
 * Reads `vm-1, vm-2 from <recommendation> [for 30 days|until 31 Dec] [as waiver] [because …]`, or `from <recommendation> …` alone; undefined if
 * the recommendation is missing. What stands in quotes is a name. Throws GovernanceError invalid with a question for a date that is not certain.
 */
export const readExemptWords = (typed: string, context: DayContext): ExemptWords | undefined => {
  const line = typed.trim();
  const because = /\sbecause\s+/i.exec(outsideQuotes(line));
  const head = because === null ? line : line.slice(0, because.index);
  const { left, ...clauses } = clausesOf(head, context);
  const from = /(?:^|\s)from\s+/i.exec(outsideQuotes(left));
  if (from === null) return undefined;
  const resources = splitOutside(left.slice(0, from.index), /,|\sand\s/gi)
    .map(withoutQuotes)
    .filter((name) => name !== '');
  const recommendation = withoutQuotes(left.slice(from.index + from[0].length));
  if (recommendation === '') return undefined;
  return {
    ...clauses,
    resources,
    recommendation,
    justification: because === null ? '' : line.slice(because.index + because[0].length).trim(),
  };
};

/** The line that says these words again; a recommendation by its key, resources by their ids or names. */
export const exemptLine = ({
  resources,
  recommendation,
  lastDay,
  days,
  category: chosen,
  justification,
}: ExemptWords): string =>
  [
    ['exempt', resources.map((name) => `"${name}"`).join(', '), 'from', recommendation]
      .filter((part) => part !== '')
      .join(' '),
    ...(lastDay === undefined ? [] : [days === undefined ? `until ${lastDay}` : `for ${days} days`]),
    ...(chosen === undefined ? [] : [`as ${chosen.toLowerCase()}`]),
    ...(justification === '' ? [] : [`because ${justification}`]),
  ].join(' ');

/** The form field for a last day. */
export const untilDay = (day: string): Pick<Form, 'expiry' | 'expiryDate'> => ({ expiry: 'date', expiryDate: day });

/** The form fields that the words fill in. The form checks them like any other input. */
export const formFromWords = ({ justification, category: chosen, lastDay, days }: ExemptWords): Partial<Form> => ({
  justification,
  ...(chosen === undefined ? {} : { category: chosen }),
  ...(lastDay === undefined
    ? {}
    : expiryChoices.some((choice) => choice === days)
      ? { expiry: String(days) }
      : untilDay(lastDay)),
});
