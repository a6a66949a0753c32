import { addDays, isDay } from '../calendar.ts';
import { lengthAtStart, plusLength } from './read-length.ts';
import { dayWords, monthNamed, monthPattern, weekdayNamed, weekdayOf, weekdayPattern } from './day-names.ts';

/** What the beginning of a text says about a day. */
export type ReadDay =
  /** `day` as `2026-12-31`, and the text after it. */
  | { readonly kind: 'day'; readonly day: string; readonly rest: string }
  /** It looks like a date, but not like one certain day. The question names the ways to write it. */
  | { readonly kind: 'unclear'; readonly question: string }
  | { readonly kind: 'none' };

export type DayContext = {
  /** The calendar day in the time zone of the desk. */
  readonly today: string;
  /** Whether “31 Dec” without a year is the next one or the last one. */
  readonly tense: 'future' | 'past';
};

type Meaning = string | { readonly question: string };
type Reader = {
  readonly pattern: RegExp;
  readonly meaning: (parts: readonly string[], context: DayContext) => Meaning;
};

const two = (number: number): string => String(number).padStart(2, '0');
const dayOf = (year: number, month: number, day: number): string => `${year}-${two(month)}-${two(day)}`;
const lastOf = (year: number, month: number): string =>
  addDays(month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1), -1);

const either = (said: string, ...days: readonly string[]): Meaning => ({
  question: `“${said}” can mean ${days.map(dayWords).join(' or ')}. Write ${days.join(' or ')}.`,
});

/** A day of a month. Without a year it is the nearest one that exists, 29 February included. */
const dayInMonth = (said: string, year: string, month: number, day: number, { today, tense }: DayContext): Meaning => {
  const thisYear = Number(today.slice(0, 4));
  const given = year.length === 2 ? Number(`20${year}`) : Number(year);
  const step = tense === 'future' ? 1 : -1;
  const years = year === '' ? Array.from({ length: 9 }, (_, away) => thisYear + away * step) : [given];
  const found = years
    .map((each) => dayOf(each, month, day))
    .find((each) => isDay(each) && (year !== '' || (tense === 'future' ? each >= today : each <= today)));
  return found ?? { question: `There is no day “${said}”. Write the date like this: 2026-12-31.` };
};

const numericDay: Reader['meaning'] = ([said = '', one = '', separator = '', other = '', year = ''], context) => {
  const [first, second] = [Number(one), Number(other)];
  const dayFirst = dayInMonth(said, year, second, first, context);
  if (separator === '.' || first === second || first > 12) return dayFirst;
  const monthFirst = dayInMonth(said, year, first, second, context);
  if (second > 12 || typeof dayFirst !== 'string' || typeof monthFirst !== 'string') return monthFirst;
  return either(said, dayFirst, monthFirst);
};

const edgeOfMonth = (edge: string, year: number, month: number): string =>
  edge === 'end' ? lastOf(year, month) : dayOf(year, month, 1);

const edgeOfNamedMonth: Reader['meaning'] = ([, edge = '', month = '', year = ''], { today, tense }) => {
  const at = monthNamed(month);
  const thisYear = Number(today.slice(0, 4));
  if (/^\d/.test(year)) return edgeOfMonth(edge.toLowerCase(), Number(year), at);
  if (year !== '') return edgeOfMonth(edge.toLowerCase(), thisYear + (/^next/i.test(year) ? 1 : 0), at);
  const here = edgeOfMonth(edge.toLowerCase(), thisYear, at);
  if (tense === 'future') return here >= today ? here : edgeOfMonth(edge.toLowerCase(), thisYear + 1, at);
  return here <= today ? here : edgeOfMonth(edge.toLowerCase(), thisYear - 1, at);
};

const away: Readonly<Record<string, number>> = { next: 1, last: -1 };

const edgeOfPeriod: Reader['meaning'] = ([, edge = '', which = '', period = ''], { today }) => {
  const isEnd = edge.toLowerCase() === 'end';
  const steps = away[which.toLowerCase()] ?? 0;
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const kind = period.toLowerCase();
  if (kind === 'week') {
    const monday = addDays(today, 1 - weekdayOf(today) + steps * 7);
    return isEnd ? addDays(monday, 6) : monday;
  }
  if (kind === 'year') return isEnd ? dayOf(year + steps, 12, 31) : dayOf(year + steps, 1, 1);
  const size = kind === 'quarter' ? 3 : 1;
  const first = Math.floor((month - 1) / size) * size + steps * size + (isEnd ? size - 1 : 0);
  return edgeOfMonth(isEnd ? 'end' : 'start', year + Math.floor(first / 12), (((first % 12) + 12) % 12) + 1);
};

const weekday: Reader['meaning'] = ([said = '', which = '', name = ''], { today, tense }) => {
  const ahead = (weekdayNamed(name) - weekdayOf(today) + 7) % 7;
  const day = tense === 'future' ? addDays(today, ahead) : addDays(today, ahead === 0 ? 0 : ahead - 7);
  if (ahead === 0) return either(said, today, addDays(today, tense === 'future' ? 7 : -7));
  if (/^next/i.test(which)) return either(said, addDays(today, ahead), addDays(today, ahead + 7));
  return /^last/i.test(which) ? addDays(today, ahead - 7) : day;
};

const plain: Readonly<Record<string, number>> = { today: 0, tomorrow: 1, yesterday: -1 };

const beginningOrEnd: Reader['meaning'] = ([said = '']) => ({
  question: `“${said}” can mean its first or its last day. Write “start of ${said}” or “end of ${said}”, or a date such as 2026-12-31.`,
});

/** Tried in this order; the first that fits counts. */
const readers: readonly Reader[] = [
  {
    pattern: /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/,
    meaning: ([said = '', year = '', month, day], context) =>
      dayInMonth(said, year, Number(month), Number(day), context),
  },
  { pattern: /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})/, meaning: numericDay },
  { pattern: /^(\d{1,2})([./])(\d{1,2})\.?(?! (?:day|week|month|quarter|year)s?\b)/i, meaning: numericDay },
  {
    pattern: new RegExp(
      `^(?:the )?(\\d{1,2})(?:st|nd|rd|th|\\.)?[ -]?(?:of )?(${monthPattern})\\.?(?:[, -]+(\\d{4}))?`,
      'i',
    ),
    meaning: ([said = '', day, month = '', year = ''], context) =>
      dayInMonth(said, year, monthNamed(month), Number(day), context),
  },
  {
    pattern: new RegExp(`^(${monthPattern})\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?`, 'i'),
    meaning: ([said = '', month = '', day, year = ''], context) =>
      dayInMonth(said, year, monthNamed(month), Number(day), context),
  },
  {
    pattern: new RegExp(`^(?:the )?(end|start|beginning) of (${monthPattern})(?: (\\d{4}|(?:this|next) year))?`, 'i'),
    meaning: edgeOfNamedMonth,
  },
  {
    pattern: /^(?:the )?(end|start|beginning) of (?:(the|this|next|last) )?(week|month|quarter|year)/i,
    meaning: edgeOfPeriod,
  },
  {
    pattern: /^(?:the )?(end|start|beginning) of (2\d{3})/i,
    meaning: ([, edge = '', year]) =>
      edgeOfMonth(edge.toLowerCase(), Number(year), edge.toLowerCase() === 'end' ? 12 : 1),
  },
  {
    pattern: /^(?:the )?day after tomorrow/i,
    meaning: (_, { today }) => addDays(today, 2),
  },
  {
    pattern: /^(today|tomorrow|yesterday)/i,
    meaning: ([, word = ''], { today }) => addDays(today, plain[word.toLowerCase()] ?? 0),
  },
  { pattern: new RegExp(`^(?:(this|next|last|on) )?(${weekdayPattern})`, 'i'), meaning: weekday },
  { pattern: new RegExp(`^(?:${monthPattern})(?: \\d{4})?`, 'i'), meaning: beginningOrEnd },
  { pattern: /^(?:(?:this|next|last) (?:week|month|quarter|year)|2\d{3})/i, meaning: beginningOrEnd },
];

/** A date ends where a word ends: “31 December” is not the third, and “12:30” is no twelfth. */
const endsHere = (rest: string): boolean => /^(?:$|[\s,;!?)]|[.:](?:\s|$))/.test(rest);

const trimmed = (rest: string): string => rest.replace(/^[\s,;:.!?]+/, '');

const tooFar = (said: string): ReadDay => ({
  kind: 'unclear',
  question: `“${said}” is too far away. Write a date such as 2026-12-31, or a length such as 2 weeks.`,
});

const lengthFrom = (text: string, { today, tense }: DayContext): ReadDay => {
  const said = lengthAtStart(text.replace(/^in /i, ''));
  if (said === undefined) return { kind: 'none' };
  const day = plusLength(today, said.length, tense === 'future' ? 1 : -1);
  return isDay(day) ? { kind: 'day', day, rest: said.rest } : tooFar(text);
};

/**
 * Reads a day, or a length that counts from today, at the beginning of a text: `2026-12-31`, `31.12.2026`, `31 Dec`, `tomorrow`, `Friday`,
 * `end of March`, `2 weeks`. What can mean two days is a question, never a guess.
 */
export const readDay = (typed: string, context: DayContext): ReadDay => {
  const text = typed.trim().replace(/\s+/g, ' ');
  for (const { pattern, meaning } of readers) {
    const match = pattern.exec(text);
    if (match === null || !endsHere(text.slice(match[0].length))) continue;
    const meant = meaning(
      [...match].map((part: string | undefined) => part ?? ''),
      context,
    );
    if (typeof meant !== 'string') return { kind: 'unclear', ...meant };
    return isDay(meant) ? { kind: 'day', day: meant, rest: trimmed(text.slice(match[0].length)) } : tooFar(match[0]);
  }
  const length = lengthFrom(text, context);
  if (length.kind !== 'none' || !/^\d/.test(text)) return length;
  return {
    kind: 'unclear',
    question: `“${text.split(' ').slice(0, 3).join(' ')}” is no date that Exemption Desk can read. Write a date such as 2026-12-31, 31 Dec or tomorrow, or a length such as 2 weeks.`,
  };
};
