import { addDays, dayIn, formatDay, isDay, startOfDay } from '../calendar.ts';
import { daysFrom, type DayAndRest } from '../typed/day-meant.ts';
import { GovernanceError } from '../governance-error.ts';
import { readDay, type DayContext } from '../typed/read-day.ts';
import { lengthAtStart, plusLength } from '../typed/read-length.ts';

/** Calendar days as `2026-11-21`, both included. */
export type ReportPeriod = { readonly fromDay: string; readonly toDay: string };

const usualDays = 30;

const refused = (why: string): GovernanceError =>
  new GovernanceError('invalid', `${why} Write the first and the last day like this: report 2026-11-01 2026-11-30`);

/** Returns the period; throws GovernanceError invalid if it is not one, or begins in the future. */
export const checkedPeriod = ({ fromDay, toDay }: ReportPeriod, now: Date, timeZone: string): ReportPeriod => {
  const wrong = [fromDay, toDay].find((day) => !isDay(day));
  if (wrong !== undefined) throw refused(`“${wrong}” is not a date.`);
  if (toDay < fromDay) throw refused(`The period ends (${toDay}) before it begins (${fromDay}).`);
  if (fromDay > dayIn(now, timeZone)) throw refused(`The period begins in the future (${fromDay}).`);
  return { fromDay, toDay };
};

const dayRead = (text: string, context: DayContext): DayAndRest => {
  const read = readDay(text, context);
  if (read.kind === 'unclear') throw refused(read.question);
  if (read.kind === 'none') throw refused(`“${text}” is not a date.`);
  return read;
};

const between = /^(?:to|until|till?|and|[-–—])\s+/i;

const secondDay = (text: string, context: DayContext, fromDay: string): DayAndRest => {
  const read = dayRead(text, context);
  // “1 Nov to 30 Nov” on 29 November means the one that follows the first day.
  return read.day < fromDay ? dayRead(text, { today: fromDay, tense: 'future' }) : read;
};

/**
 * The requested period: two days, from a day until today, the last so many days or weeks, or the last 30 days. Days are written as people
 * write them; without a year they are past. Throws GovernanceError invalid with a question if a day is not certain.
 */
export const periodMeant = (text: string, now: Date, timeZone: string): ReportPeriod => {
  const context = daysFrom(now, timeZone, 'past');
  const { today } = context;
  const said = text.trim().replace(/^(?:from|since|of|for)\s+/i, '');
  if (said === '') return { fromDay: addDays(today, 1 - usualDays), toDay: today };
  const length = lengthAtStart(said.replace(/^(?:the )?(?:last|past)\s+(?=\d|[a-z]+\s+(?:day|week|month|year))/i, ''));
  if (length !== undefined) {
    if (length.rest !== '') throw refused(`“${length.rest}” is left over.`);
    return checkedPeriod({ fromDay: addDays(plusLength(today, length.length, -1), 1), toDay: today }, now, timeZone);
  }
  const from = dayRead(said, context);
  if (from.rest === '') return checkedPeriod({ fromDay: from.day, toDay: today }, now, timeZone);
  const to = secondDay(from.rest.replace(between, ''), context, from.day);
  if (to.rest !== '') throw refused(`A report takes at most two dates, and “${to.rest}” is left over.`);
  return checkedPeriod({ fromDay: from.day, toDay: to.day }, now, timeZone);
};

/** The first instant of the period and the first one after it, by the calendar of the time zone. */
export const instantsOf = (
  { fromDay, toDay }: ReportPeriod,
  timeZone: string,
): { readonly from: Date; readonly before: Date } => ({
  from: startOfDay(fromDay, timeZone),
  before: startOfDay(addDays(toDay, 1), timeZone),
});

/** Whether an instant lies in the period, by the calendar of the time zone; false for undefined. */
export const isWithin = (period: ReportPeriod, timeZone: string): ((at: Date | undefined) => boolean) => {
  const { from, before } = instantsOf(period, timeZone);
  return (at) => at !== undefined && from <= at && at < before;
};

/** "1 Nov 2026 to 30 Nov 2026" */
export const periodWords = ({ fromDay, toDay }: ReportPeriod): string =>
  [fromDay, toDay].map((day) => formatDay(new Date(`${day}T00:00:00Z`), 'UTC')).join(' to ');
