import { formatDay } from '../calendar.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** English names of months, whole or shortened, for a regular expression without regard to case. */
export const monthPattern =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec';

export const weekdayPattern =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun';

const placeOf = (names: readonly string[], name: string): number => names.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** 1 for January. */
export const monthNamed = (name: string): number => placeOf(months, name);

/** 1 for Monday. */
export const weekdayNamed = (name: string): number => placeOf(weekdays, name);

/** The weekday of a calendar day: 1 for Monday, 7 for Sunday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** “31 Dec 2026” for a calendar day written `2026-12-31`. */
export const dayWords = (day: string): string => formatDay(new Date(`${day}T00:00:00Z`), 'UTC');
