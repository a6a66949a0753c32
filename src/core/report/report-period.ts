import { addDays, dayIn, formatDay, isDay, startOfDay } from '../calendar.ts';
import { GovernanceError } from '../governance-error.ts';

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

/** The requested period: two days, from a day until today, or the last 30 days. Throws GovernanceError invalid. */
export const periodMeant = (words: readonly string[], now: Date, timeZone: string): ReportPeriod => {
  const today = dayIn(now, timeZone);
  const [fromDay = addDays(today, 1 - usualDays), toDay = today, ...more] = words;
  if (more.length > 0) throw refused('A report takes at most two dates.');
  return checkedPeriod({ fromDay, toDay }, now, timeZone);
};

/** Whether an instant lies in the period, by the calendar of the time zone; false for undefined. */
export const isWithin = ({ fromDay, toDay }: ReportPeriod, timeZone: string): ((at: Date | undefined) => boolean) => {
  const from = startOfDay(fromDay, timeZone);
  const before = startOfDay(addDays(toDay, 1), timeZone);
  return (at) => at !== undefined && from <= at && at < before;
};

/** "1 Nov 2026 to 30 Nov 2026" */
export const periodWords = ({ fromDay, toDay }: ReportPeriod): string =>
  [fromDay, toDay].map((day) => formatDay(new Date(`${day}T00:00:00Z`), 'UTC')).join(' to ');
