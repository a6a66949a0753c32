import { addDays, isDay } from '../calendar.ts';

export type Length = { readonly amount: number; readonly unit: 'day' | 'week' | 'month' | 'year' };

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

const longUnit = 'days?|weeks?|wks?|months?|quarters?|years?|yrs?';

/** One letter stands for a unit only behind digits, so that “and” is not “an d”. */
const pattern = new RegExp(
  `^(?:another )?(?:(\\d{1,4})(?: |-)?(d|w|y|mo|mos|${longUnit})|(an?|${numbers.join('|')})[ -](${longUnit}))(?=$|[\\s,;:.!?)])`,
  'i',
);

const amountOf = (word: string): number =>
  /^an?$/i.test(word) ? 1 : /^\d/.test(word) ? Number(word) : numbers.indexOf(word.toLowerCase()) + 1;

const lengthOf = (amount: number, unit: string): Length => {
  if (/^d/i.test(unit)) return { amount, unit: 'day' };
  if (/^w/i.test(unit)) return { amount, unit: 'week' };
  if (/^q/i.test(unit)) return { amount: 3 * amount, unit: 'month' };
  return { amount, unit: /^m/i.test(unit) ? 'month' : 'year' };
};

/** The length at the beginning of a text, such as `30d`, `2 weeks`, `a year`, and the text after it; undefined for none, and for nothing long. */
export const lengthAtStart = (typed: string): { readonly length: Length; readonly rest: string } | undefined => {
  const text = typed.trim().replace(/\s+/g, ' ');
  const [said, digits, digitsUnit, word, wordUnit] = pattern.exec(text) ?? [];
  const [amount, unit] = [digits ?? word ?? '', digitsUnit ?? wordUnit ?? ''];
  if (said === undefined || amountOf(amount) === 0) return undefined;
  return { length: lengthOf(amountOf(amount), unit), rest: text.slice(said.length).replace(/^[\s,;:.!?]+/, '') };
};

/** The same day of another month, or its last day if it is shorter: a month after 31 January is the end of February. */
const plusMonths = (day: string, months: number): string => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const at = year * 12 + month - 1 + months;
  const start = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  const days = ['', '31', '30', '29', '28'].map((last) => `${start}-${last === '' ? day.slice(8) : last}`);
  return days.find(isDay) ?? days[0] ?? day;
};

/** The day after a length of time, or with `sign` -1 before it. It may lie beyond the years that `isDay` accepts. */
export const plusLength = (day: string, { amount, unit }: Length, sign: 1 | -1): string => {
  if (unit === 'day' || unit === 'week') return addDays(day, sign * amount * (unit === 'week' ? 7 : 1));
  return plusMonths(day, sign * amount * (unit === 'year' ? 12 : 1));
};
