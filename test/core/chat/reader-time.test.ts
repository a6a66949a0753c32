import fc from 'fast-check';
import {
  clockOf,
  formatDayOf,
  formatEnd,
  formatInstant,
  formatWithoutZone,
  type ReaderTime,
} from '../../../src/core/calendar.ts';
import { readerTime } from '../../../src/core/chat/reader-time.ts';

const own = (timeZone: string, locale: string): ReaderTime => readerTime(timeZone, locale)!;
const at = (text: string): Date => new Date(text);

describe('the time of a reader', () => {
  it.each([
    ['2026-11-30T13:05:00Z', 'Europe/Berlin', 'de-DE', '30 Nov 2026, 14:05'],
    ['2026-11-30T13:05:00Z', 'Europe/Berlin', 'en-US', '30 Nov 2026, 2:05 PM'],
    ['2026-11-30T13:05:00Z', 'America/New_York', 'en-US', '30 Nov 2026, 8:05 AM'],
    ['2026-11-30T05:05:00Z', 'America/New_York', 'en-US', '30 Nov 2026, 12:05 AM'],
    ['2026-11-30T17:00:00Z', 'America/New_York', 'en-US', '30 Nov 2026, 12:00 PM'],
    ['2026-11-30T03:00:00Z', 'America/New_York', 'en-US', '29 Nov 2026, 10:00 PM'],
    ['2026-11-30T03:00:00Z', 'America/New_York', 'en-GB', '29 Nov 2026, 22:00'],
    // The night to summer time and the night from it, on both sides of the change.
    ['2026-03-29T00:59:00Z', 'Europe/Berlin', 'de-DE', '29 Mar 2026, 01:59'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', 'de-DE', '29 Mar 2026, 03:00'],
    ['2026-11-01T05:30:00Z', 'America/New_York', 'en-US', '1 Nov 2026, 1:30 AM'],
    ['2026-11-01T06:30:00Z', 'America/New_York', 'en-US', '1 Nov 2026, 1:30 AM'],
    // Half and quarter hours, and zones a day apart.
    ['2026-11-30T19:00:00Z', 'Asia/Kolkata', 'en-IN', '1 Dec 2026, 12:30 AM'],
    ['2026-11-30T19:00:00Z', 'Asia/Kathmandu', 'ne-NP', '1 Dec 2026, 00:45'],
    ['2026-11-30T11:00:00Z', 'Pacific/Kiritimati', 'en-GB', '1 Dec 2026, 01:00'],
    ['2026-11-30T11:00:00Z', 'Pacific/Pago_Pago', 'en-GB', '30 Nov 2026, 00:00'],
    ['2026-11-30T13:05:00Z', 'Asia/Tokyo', 'ja-JP', '30 Nov 2026, 22:05'],
    // Languages with other digits and calendars get the same words, because the cards are English.
    ['2026-11-30T13:05:00Z', 'Asia/Riyadh', 'ar-SA', '30 Nov 2026, 4:05 PM'],
    ['2026-11-30T13:05:00Z', 'Europe/Berlin', '', '30 Nov 2026, 14:05'],
    ['2026-11-30T13:05:00Z', 'Europe/Berlin', 'en-US-u-hc-h23', '30 Nov 2026, 14:05'],
  ])('writes %s in %s for %s as %s, without a zone', (instant, zone, locale, expected) => {
    expect(formatInstant(at(instant), own(zone, locale))).toBe(expected);
    expect(formatWithoutZone(at(instant), own(zone, locale))).toBe(expected);
    expect(expected.startsWith(formatDayOf(at(instant), own(zone, locale)))).toBe(true);
  });

  it('is left to the configured zone, with its name, where several people read', () => {
    const shown = { timeZone: 'Europe/Berlin', readerTime: undefined };
    expect(formatInstant(at('2026-11-30T13:05:00Z'), clockOf(shown))).toBe('30 Nov 2026, 14:05 (Europe/Berlin)');
    const alone = { timeZone: 'Europe/Berlin', readerTime: own('America/New_York', 'en-US') };
    expect(formatInstant(at('2026-11-30T13:05:00Z'), clockOf(alone))).toBe('30 Nov 2026, 8:05 AM');
  });

  it('never moves an end, which is a day of the configured zone', () => {
    const end = at('2026-12-30T22:59:59Z');
    expect(formatEnd(end, 'Europe/Berlin')).toBe('30 Dec 2026, 23:59 (Europe/Berlin)');
    // @ts-expect-error The end of an exemption cannot be asked for in the time of a reader.
    formatEnd(end, own('Asia/Tokyo', 'ja-JP'));
  });

  it.each([
    ['Mars/Olympus_Mons', 'en-US'],
    ['', 'en-US'],
    [undefined, 'en-US'],
    [null, undefined],
    [['Europe/Berlin'], 'de-DE'],
    [{ toString: (): string => 'Europe/Berlin' }, 'de-DE'],
    ['+05:30', 'en-US'],
    ['Europe/Berlin\u0000', 'de-DE'],
    ['E'.repeat(1_000_000), 'de-DE'],
  ])('is unknown where a client names %p as its zone', (zone, locale) => {
    expect(readerTime(zone, locale)).toBeUndefined();
  });

  it.each(['', 'klingon?', 'de_DE', 'x'.repeat(1_000_000), 7, null, ['en-US'], 'en-US-'])(
    'counts to 24 where a client names %p as its language',
    (locale) => {
      expect(readerTime('Europe/Berlin', locale)).toEqual({ timeZone: 'Europe/Berlin', locale: '', hour12: false });
    },
  );

  it('is one spelling of each zone and language, so that nothing is written down twice', () => {
    expect(readerTime('europe/berlin', 'DE-de')).toEqual(readerTime('Europe/Berlin', 'de-DE'));
  });

  it('never throws, and what comes of it can always be printed', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(
        ...Intl.supportedValuesOf('timeZone'),
        'en-US',
        'de-DE-u-nu-thai',
        'und',
        'i-klingon',
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(anything, anything, fc.date({ noInvalidDate: true }), (zone, locale, instant) => {
        const time = readerTime(zone, locale);
        const text = formatInstant(instant, time ?? 'UTC');
        expect(text).toMatch(/^\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d{1,2}:\d\d/);
        if (time !== undefined) expect(readerTime(time.timeZone, time.locale)).toEqual(time);
      }),
      { numRuns: 2000 },
    );
  });
});
