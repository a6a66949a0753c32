import type { ReaderTime } from '../calendar.ts';

/** The longest IANA name has 32 characters, a usual language tag at most 35. */
const longest = 64;

const isShort = (text: unknown): text is string => typeof text === 'string' && text !== '' && text.length <= longest;

const localeOf = (locale: unknown): string => {
  if (!isShort(locale)) return '';
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? '';
  } catch {
    return '';
  }
};

/** Only names: an offset knows no summer time, and there are more of them than zones. */
const zoneOf = (timeZone: unknown): string | undefined => {
  if (!isShort(timeZone) || !/^[a-z]/i.test(timeZone)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

const countsTo12 = (locale: string): boolean =>
  locale !== '' && new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;

/**
 * The time of somebody whose client names this zone and locale; whatever the two are, it never throws. Undefined without a zone that Intl
 * knows; without a readable locale the clock counts to 24.
 */
export const readerTime = (timeZone: unknown, locale: unknown): ReaderTime | undefined => {
  const [zone, tag] = [zoneOf(timeZone), localeOf(locale)];
  return zone === undefined ? undefined : { timeZone: zone, locale: tag, hour12: countsTo12(tag) };
};

/** What somebody's client said last of their clock and language, for what is posted to them without a question of theirs. */
export type KeptReaders = {
  /** By Entra object id in any casing. Undefined if their client never named a zone, or not for long. */
  readonly of: (objectId: string) => Promise<ReaderTime | undefined>;
  /** Replaces what was kept of the same person. */
  readonly keep: (objectId: string, time: ReaderTime, at: Date) => Promise<void>;
  readonly remove: (objectId: string) => Promise<number>;
};
