import { addDays, dayIn, startOfDay } from './calendar.ts';

const hour = 3_600_000;

const reportsFrom = 8;

/** A week is named by the Monday on which its report is due; the report covers the seven days before. */
export type ReportWeek = { readonly monday: string; readonly dueAt: Date };

const weekOf = (monday: string, timeZone: string): ReportWeek => ({
  monday,
  dueAt: new Date(startOfDay(monday, timeZone).getTime() + reportsFrom * hour),
});

/** The latest Monday, 8:00 in the time zone, that has passed. */
export const latestReportWeek = (now: Date, timeZone: string): ReportWeek => {
  const today = dayIn(now, timeZone);
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const week = weekOf(addDays(today, -sinceMonday), timeZone);
  return week.dueAt <= now ? week : weekOf(addDays(week.monday, -7), timeZone);
};
