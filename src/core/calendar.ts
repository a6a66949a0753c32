const dayMs = 86_400_000;

/** Creating a formatter is much slower than using it, and a sweep formats a day for every exemption, and a time for every one that changed. */
const formatIn = (locale: string, options: Intl.DateTimeFormatOptions): ((timeZone: string) => Intl.DateTimeFormat) => {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const known = formats.get(timeZone);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(timeZone, made);
    return made;
  };
};

const dayFormatIn = formatIn('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });
const secondFormatIn = formatIn('en-GB', {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const timeFormatIn = formatIn('en-GB', { hour: '2-digit', minute: '2-digit' });
const time12FormatIn = formatIn('en-US', { hourCycle: 'h12', hour: 'numeric', minute: '2-digit' });

/** The instants that Azure can hold. */
const [firstInstant, lastInstant] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];
const [firstDay, lastDay] = ['0001-01-01', '9999-12-31'];

const within = (first: number, time: number, last: number): number => Math.min(Math.max(time, first), last);

/** The nearest instant that Azure can hold. */
export const storable = (instant: Date): Date => new Date(within(firstInstant, instant.getTime(), lastInstant));

const lastYear = new Date(lastInstant).getUTCFullYear();

/** An end; undefined for one in the last year that Azure can hold, by which its tools mean never. */
export const realEnd = (end: Date): Date | undefined => (end.getUTCFullYear() >= lastYear ? undefined : end);

/**
 * The calendar day of an instant in a time zone (IANA name), as `2026-11-21`: always four digits of a year, because days are compared as
 * texts. Beyond 9999-12-31 it stays that day, before 0001-01-01 that one.
 */
export const dayIn = (instant: Date, timeZone: string): string => {
  const [year = '', month = '', day = ''] = dayFormatIn(timeZone).format(storable(instant)).split('-');
  if (year.length > 4) return lastDay;
  // Its year is 1 before Christ, which the format writes like the year 1.
  if (instant.getTime() < firstInstant + dayMs && month === '12') return firstDay;
  return `${year.padStart(4, '0')}-${month}-${day}`;
};

const asNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;

/** Whole calendar days from one instant to another in a time zone; 0 on the same day, negative when `to` is earlier. */
export const daysBetween = (from: Date, to: Date, timeZone: string): number =>
  Math.round(asNumber(dayIn(to, timeZone)) - asNumber(dayIn(from, timeZone)));

export const addDays = (day: string, days: number): string =>
  storable(new Date((asNumber(day) + days) * dayMs))
    .toISOString()
    .slice(0, 10);

/** True for a real calendar day of this millennium written as `2026-02-28`. */
export const isDay = (text: string): boolean =>
  /^2\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(asNumber(text)) && addDays(text, 0) === text;

/** Years that are written with four digits everywhere. */
const [firstOffset, lastOffset] = [firstInstant + 2 * dayMs, lastInstant - 2 * dayMs];

const offsetMs = (at: Date, timeZone: string): number => {
  const instant = new Date(within(firstOffset, at.getTime(), lastOffset));
  const parts = Object.fromEntries(
    secondFormatIn(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const local = Date.parse(
    `${(parts.year ?? '').padStart(4, '0')}-${parts.month ?? ''}-${parts.day ?? ''}T${parts.hour ?? ''}:${parts.minute ?? ''}:${parts.second ?? ''}Z`,
  );
  return local - Math.floor(instant.getTime() / 1000) * 1000;
};

/** The last second of a calendar day in a time zone, as a UTC instant: an exemption "until 30 June" lasts through all of 30 June. */
export const endOfDay = (day: string, timeZone: string): Date => {
  const asIfUtc = Date.parse(`${day}T23:59:59Z`);
  // The clocks may change at this midnight. Compute the end with the offset of the day before and of the day after, and take the later one
  // that is still on this day.
  const ends = [-dayMs, dayMs].map((away) => asIfUtc - offsetMs(new Date(asIfUtc + away), timeZone));
  return new Date(Math.max(...ends.filter((end) => dayIn(new Date(end), timeZone) === day)));
};

/** The first second of a calendar day in a time zone, as a UTC instant. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(endOfDay(addDays(day, -1), timeZone).getTime() + 1000);

/** Minutes after midnight on the wall clock of a time zone. */
export const minuteIn = (instant: Date, timeZone: string): number => {
  const [hours = 0, minutes = 0] = timeFormatIn(timeZone).format(instant).split(':').map(Number);
  return hours * 60 + minutes;
};

/**
 * The instant at which the wall clock of a time zone shows this many minutes after midnight. If the clock skips that time, the instant
 * after the gap; if it shows it twice, the first one.
 */
export const atMinute = (day: string, minute: number, timeZone: string): Date => {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  const [before = asIfUtc, after = asIfUtc] = [-dayMs, dayMs].map(
    (away) => asIfUtc - offsetMs(new Date(asIfUtc + away), timeZone),
  );
  const shows = (instant: number): boolean => asIfUtc - offsetMs(new Date(instant), timeZone) === instant;
  return new Date(shows(before) || !shows(after) ? before : after);
};

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** "21 Nov 2026" in a time zone. */
export const formatDay = (instant: Date, timeZone: string): string => {
  const day = dayIn(instant, timeZone);
  return `${dayAndMonth.format(new Date(`${day}T00:00:00Z`))} ${day.slice(0, 4)}`;
};

/** How one person reads instants. Last days and ends never follow it: they are calendar days of the configured zone. */
export type ReaderTime = {
  /** IANA name, as Intl spells it. */
  readonly timeZone: string;
  /** BCP 47; empty if their client did not say. */
  readonly locale: string;
  /** Whether their clock counts to 12. */
  readonly hour12: boolean;
};

/** In which time an instant is shown: the configured zone (IANA name), which is printed beside it, or that of the one reader. */
export type Clock = string | ReaderTime;

/** The clock of a view: the reader's if one person alone reads it. */
export const clockOf = ({
  timeZone,
  readerTime: own,
}: {
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
}): Clock => own ?? timeZone;

/** The zone whose calendar and wall clock it shows. */
const zoneShown = (clock: Clock): string => (typeof clock === 'string' ? clock : clock.timeZone);

/** "21 Nov 2026": the day of an instant, such as when something was requested. Not for last days: those are days of the configured zone. */
export const formatDayOf = (instant: Date, clock: Clock): string => formatDay(instant, zoneShown(clock));

/** Some versions of Intl put a narrow space before AM and PM. */
const timeOfDay = (instant: Date, clock: Clock): string =>
  typeof clock !== 'string' && clock.hour12
    ? time12FormatIn(clock.timeZone).format(instant).replaceAll('\u202f', ' ')
    : timeFormatIn(zoneShown(clock)).format(instant);

/** "21 Nov 2026, 14:05", or "2:05 PM" on a clock of 12 hours: where the zone is named beside it, or only its reader sees it. */
export const formatWithoutZone = (instant: Date, clock: Clock): string =>
  `${formatDayOf(instant, clock)}, ${timeOfDay(instant, clock)}`;

/** "21 Nov 2026, 14:05 (Europe/Berlin)": absolute, for cards that stay. In the reader's own time it names no zone. */
export const formatInstant = (instant: Date, clock: Clock): string =>
  typeof clock === 'string' ? `${formatWithoutZone(instant, clock)} (${clock})` : formatWithoutZone(instant, clock);

/** An expiry date or "never", absolute and with its time zone: always the configured one, whoever reads it. */
export const formatEnd = (instant: Date | undefined, timeZone: string): string =>
  instant === undefined ? 'Never' : formatInstant(instant, timeZone);

const daysOfYear = 365.2425;
/** Nobody counts more days than these. */
const daysInWords = 1000;

/** "1 day", "90 days", "12 years": how long something lasts. */
export const lastingWords = (days: number): string => {
  if (days > daysInWords) return `${Math.floor(days / daysOfYear).toLocaleString('en')} years`;
  return `${days} ${days === 1 ? 'day' : 'days'}`;
};

/** "today", "tomorrow", "in 29 days", "3 days ago", "in 7,973 years": for direct answers only. */
export const fromNow = (instant: Date, now: Date, timeZone: string): string => {
  const days = daysBetween(now, instant, timeZone);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${lastingWords(days)}` : `${lastingWords(-days)} ago`;
};
