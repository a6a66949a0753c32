import { dayIn } from '../calendar.ts';
import { GovernanceError } from '../governance-error.ts';
import { readDay, type DayContext } from './read-day.ts';
import { lengthAtStart, plusLength } from './read-length.ts';

/** A day and the text after it. */
export type DayAndRest = { readonly day: string; readonly rest: string };

const howToWrite = 'Write a date such as 2026-12-31, 31 Dec, tomorrow or end of March, or a length such as 2 weeks.';

/** The reader's context for somebody who writes now. */
export const daysFrom = (now: Date, timeZone: string, tense: DayContext['tense'] = 'future'): DayContext => ({
  today: dayIn(now, timeZone),
  tense,
});

const invalid = (sentence: string): GovernanceError => new GovernanceError('invalid', sentence);

const more = /^(?:(?:and|or|to|till?|until|plus|minus|at|of|[-–—/+&])\s*)?(?:\d|(?:this|next|last|each|every)\b)/i;
const partOfDay = /^(?:at\s|in the\s)?(?:noon|midnight|morning|afternoon|evening|night|week\b|cob\b|eob\b|eod\b)/i;
const connected = /^(?:and|or)\s+(.+)$/i;

/** Refuses “31 Dec 14:00”, “1 year and 6 months” and “Monday or Friday”: half of it would be taken for the comment. */
const refuseMore = (text: string, rest: string, context: DayContext): void => {
  const other = connected.exec(rest)?.[1] ?? '';
  if (!more.test(rest) && !partOfDay.test(rest) && readDay(other, context).kind === 'none') return;
  throw invalid(`“${text}” is not one day or one length. Exemptions last through whole days. ${howToWrite}`);
};

/** The one day at the beginning of a text. Throws GovernanceError invalid with a question if it is not certain. */
const dayMeant = (text: string, context: DayContext): DayAndRest => {
  const read = readDay(text, context);
  if (read.kind === 'unclear') throw invalid(read.question);
  if (read.kind === 'none') throw invalid(`“${text}” is no date that Exemption Desk can read. ${howToWrite}`);
  refuseMore(text, read.rest, context);
  return read;
};

/** A day that is all of a text, such as a field of a form. Throws GovernanceError invalid with a question. */
export const wholeDayMeant = (text: string, context: DayContext): string => {
  const { day, rest } = dayMeant(text, context);
  if (rest !== '') throw invalid(`“${text}” is no date that Exemption Desk can read. ${howToWrite}`);
  return day;
};

const until = /^(?:only\s+)?(?:until|till?|through|up to)(?:\s+|$)/i;
const forLength = /^(?:only\s+)?for(?:\s+|$)/i;

/** The last day that a text begins with: “until 31 Dec”, “for 2 weeks”. Undefined if it begins with neither word; a question if the rest is unclear. */
export const limitAtStart = (text: string, context: DayContext): DayAndRest | undefined => {
  const said = until.exec(text)?.[0];
  if (said !== undefined) return dayMeant(text.slice(said.length), context);
  const counted = forLength.exec(text)?.[0];
  if (counted === undefined) return undefined;
  const after = text.slice(counted.length);
  const found = lengthAtStart(after);
  if (found === undefined)
    throw invalid(
      `“for ${after}” is no length that Exemption Desk can read. Write for 2 weeks, for 1 month or until 2026-12-31.`,
    );
  refuseMore(after, found.rest, context);
  return { day: plusLength(context.today, found.length, 1), rest: found.rest };
};
