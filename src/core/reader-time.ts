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

/** The clock of a view: the reader's if one person alone reads it. */
export const clockOf = ({
  timeZone,
  readerTime: own,
}: {
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
}): Clock => own ?? timeZone;

/** The zone whose calendar and wall clock it shows. */
export const zoneShown = (clock: Clock): string => (typeof clock === 'string' ? clock : clock.timeZone);
