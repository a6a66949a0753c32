const dayMs = 86_400_000;

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Creating a formatter is much slower than using it, and a sweep formats a day for every exemption. */
const dayFormatIn = (timeZone: string): Intl.DateTimeFormat => {
  const known = dayFormats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  dayFormats.set(timeZone, made);
  return made;
};

/** The calendar day of an instant in a time zone (IANA name), as `2026-11-21`. */
export const dayIn = (instant: Date, timeZone: string): string => dayFormatIn(timeZone).format(instant);

const asNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;

/** Whole calendar days from one instant to another in a time zone; 0 on the same day, negative when `to` is earlier. */
export const daysBetween = (from: Date, to: Date, timeZone: string): number =>
  Math.round(asNumber(dayIn(to, timeZone)) - asNumber(dayIn(from, timeZone)));

export const addDays = (day: string, days: number): string =>
  new Date((asNumber(day) + days) * dayMs).toISOString().slice(0, 10);

/** True for a real calendar day of this millennium written as `2026-02-28`. */
export const isDay = (text: string): boolean =>
  /^2\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(asNumber(text)) && addDays(text, 0) === text;

const offsetMs = (instant: Date, timeZone: string): number => {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const local = Date.parse(
    `${parts.year ?? ''}-${parts.month ?? ''}-${parts.day ?? ''}T${parts.hour ?? ''}:${parts.minute ?? ''}:${parts.second ?? ''}Z`,
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
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
    .format(instant)
    .split(':')
    .map(Number);
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

/** "21 Nov 2026" in a time zone. */
export const formatDay = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(instant);

/** "21 Nov 2026, 14:05 (Europe/Berlin)": absolute, with its zone, for cards that stay. */
export const formatInstant = (instant: Date, timeZone: string): string =>
  `${formatDay(instant, timeZone)}, ${new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant)} (${timeZone})`;

/** An expiry date or "never", absolute and with its time zone. */
export const formatEnd = (instant: Date | undefined, timeZone: string): string =>
  instant === undefined ? 'Never' : formatInstant(instant, timeZone);

/** "today", "tomorrow", "in 29 days", "3 days ago": for direct answers only. */
export const fromNow = (instant: Date, now: Date, timeZone: string): string => {
  const days = daysBetween(now, instant, timeZone);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
};
