import { addDays, atMinute, dayIn, minuteIn } from '../calendar.ts';
import type { AlertFilter, QuietHours } from './subscription.ts';

/** When an alert may be posted, and whether it waits for the card that collects several. */
export type Due = { readonly dueAt: Date; readonly digest: boolean };

/** Digests are posted at 08:00, the weekly one on Monday. */
const digestMinute = 8 * 60;

const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

/** The first later instant at which the wall clock shows this time, on a day that `counts` accepts. */
const next = (after: Date, minute: number, timeZone: string, counts: (day: string) => boolean): Date => {
  let day = dayIn(after, timeZone);
  while (!counts(day) || atMinute(day, minute, timeZone) <= after) day = addDays(day, 1);
  return atMinute(day, minute, timeZone);
};

const isQuiet = (instant: Date, { from, to }: QuietHours, timeZone: string): boolean => {
  const minute = minuteIn(instant, timeZone);
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
};

/** When an alert that happens now may be posted: at once or with the next digest, but never during quiet hours. */
export const whenDue = (filter: Pick<AlertFilter, 'digest' | 'quiet'>, now: Date, timeZone: string): Due => {
  const wanted =
    filter.digest === undefined
      ? now
      : next(now, digestMinute, timeZone, filter.digest === 'weekly' ? isMonday : () => true);
  const dueAt =
    filter.quiet !== undefined && isQuiet(wanted, filter.quiet, timeZone)
      ? next(wanted, filter.quiet.to, timeZone, () => true)
      : wanted;
  return { dueAt, digest: filter.digest !== undefined };
};

/** Combines the answers of several subscriptions about one alert: the earliest one, and single rather than collected. */
export const soonest = (dues: readonly Due[]): Due | undefined =>
  dues.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || Number(a.digest) - Number(b.digest))[0];
