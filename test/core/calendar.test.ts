import fc from 'fast-check';
import {
  addDays,
  dayIn,
  daysBetween,
  endOfDay,
  formatDay,
  formatInstant,
  fromNow,
  isDay,
} from '../../src/core/calendar.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/Los_Angeles',
  'America/Santiago',
  'America/Nuuk',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;
const zone = fc.constantFrom(...zones);
const day = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2024-01-01', days));
const instant = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2033-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('days in a time zone', () => {
  it.each([
    ['2026-11-21T22:59:59Z', 'Europe/Berlin', '2026-11-21'],
    ['2026-11-21T23:00:00Z', 'Europe/Berlin', '2026-11-22'],
    ['2026-06-30T21:59:59Z', 'Europe/Berlin', '2026-06-30'],
    ['2026-06-30T22:00:00Z', 'Europe/Berlin', '2026-07-01'],
    ['2026-11-21T07:59:59Z', 'America/Los_Angeles', '2026-11-20'],
    ['2026-11-21T10:00:00Z', 'Pacific/Kiritimati', '2026-11-22'],
  ])('%s is in %s the day %s', (at, timeZone, expected) => {
    expect(dayIn(new Date(at), timeZone)).toBe(expected);
  });

  it.each([
    ['over the night the clocks go forward', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', 1],
    ['over the night the clocks go back', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z', 1],
    ['over half a year', '2026-03-01T12:00:00Z', '2026-09-01T12:00:00Z', 184],
    ['from a minute before midnight to a minute after', '2026-11-21T22:59:00Z', '2026-11-21T23:01:00Z', 1],
    ['within the longest day of the year', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', 0],
    ['backwards', '2026-11-21T12:00:00Z', '2026-11-18T12:00:00Z', -3],
  ])('counts calendar days in Berlin %s', (_, from, to, days) => {
    expect(daysBetween(new Date(from), new Date(to), 'Europe/Berlin')).toBe(days);
  });

  it('counts there as far as back, and whole days only', () => {
    fc.assert(
      fc.property(instant, instant, zone, (from, to, timeZone) => {
        const days = daysBetween(from, to, timeZone);
        expect(addDays(dayIn(from, timeZone), days)).toBe(dayIn(to, timeZone));
        expect(daysBetween(to, from, timeZone) + days).toBe(0);
      }),
    );
  });

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s and %i days make %s', (from, days, expected) => {
    expect(addDays(from, days)).toBe(expected);
  });

  it.each(['2026-11-21', '2028-02-29', '2999-12-31'])('takes %s for a day', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '21.11.2026',
    '2026-1-1',
    '2026-11-21T00:00',
    '0202-01-01',
    '9999-12-31',
  ])('takes “%s” for none', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('the end of a day', () => {
  it.each([
    ['2026-11-21', 'UTC', '2026-11-21T23:59:59.000Z'],
    ['2026-06-30', 'Europe/Berlin', '2026-06-30T21:59:59.000Z'],
    ['2026-12-31', 'Europe/Berlin', '2026-12-31T22:59:59.000Z'],
    ['2026-03-28', 'Europe/Berlin', '2026-03-28T22:59:59.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.000Z'],
    ['2026-10-24', 'Europe/Berlin', '2026-10-24T21:59:59.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:59.000Z'],
    ['2026-11-01', 'America/Los_Angeles', '2026-11-02T07:59:59.000Z'],
    ['2026-11-21', 'Asia/Kathmandu', '2026-11-21T18:14:59.000Z'],
  ])('%s ends in %s at %s', (text, timeZone, expected) => {
    expect(endOfDay(text, timeZone).toISOString()).toBe(expected);
  });

  it('counts the hour that Santiago lives twice before midnight', () => {
    expect(endOfDay('2026-04-04', 'America/Santiago').toISOString()).toBe('2026-04-05T03:59:59.000Z');
  });

  it('ends early where the clocks jump over midnight', () => {
    expect(endOfDay('2026-03-28', 'America/Nuuk').toISOString()).toBe('2026-03-29T00:59:59.000Z');
  });

  it('is the last second of that day in every zone, whatever the clocks do', () => {
    fc.assert(
      fc.property(day, zone, (text, timeZone) => {
        const end = endOfDay(text, timeZone);
        expect(dayIn(end, timeZone)).toBe(text);
        expect(dayIn(new Date(end.getTime() + 1000), timeZone)).toBe(addDays(text, 1));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('dates in words', () => {
  const at = new Date('2026-11-21T13:05:00Z');

  it('shows an instant with its zone, on a 24-hour clock', () => {
    expect(formatDay(at, 'Europe/Berlin')).toBe('21 Nov 2026');
    expect(formatInstant(at, 'Europe/Berlin')).toBe('21 Nov 2026, 14:05 (Europe/Berlin)');
    expect(formatInstant(new Date('2026-11-20T23:05:00Z'), 'Europe/Berlin')).toBe('21 Nov 2026, 00:05 (Europe/Berlin)');
  });

  it.each([
    ['2026-11-21T22:59:59Z', 'today'],
    ['2026-11-20T23:00:00Z', 'today'],
    ['2026-11-21T23:00:00Z', 'tomorrow'],
    ['2026-11-20T22:59:59Z', 'yesterday'],
    ['2026-12-20T12:00:00Z', 'in 29 days'],
    ['2026-11-18T12:00:00Z', '3 days ago'],
  ])('calls %s “%s” in Berlin', (then, words) => {
    expect(fromNow(new Date(then), at, 'Europe/Berlin')).toBe(words);
  });
});

describe('every date that Azure can hold', () => {
  const held = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  const edge = fc.constantFrom(
    ...['0001-01-01T00:00:00Z', '0001-01-02T00:00:00Z', '9999-12-31T00:00:00Z', '9999-12-31T23:59:59.999Z'].map(
      (written) => new Date(written),
    ),
  );
  const any = fc.oneof(held, edge, instant);
  const anyZone = fc.oneof(zone, fc.constantFrom('Asia/Kolkata', '-12:00', '+14:00'));

  it.each([
    ['9999-12-31T23:59:59Z', 'UTC', '31 Dec 9999', 'in 7,973 years'],
    ['9999-12-31T23:59:59Z', 'Pacific/Kiritimati', '31 Dec 9999', 'in 7,973 years'],
    ['0001-01-01T00:00:00Z', 'UTC', '1 Jan 0001', '2,025 years ago'],
    ['0001-01-01T00:00:00Z', 'America/Los_Angeles', '1 Jan 0001', '2,025 years ago'],
    ['0987-09-08T12:00:00Z', 'UTC', '8 Sept 0987', '1,039 years ago'],
    ['2029-08-17T12:00:00Z', 'UTC', '17 Aug 2029', 'in 1000 days'],
    ['2029-11-29T12:00:00Z', 'UTC', '29 Nov 2029', 'in 3 years'],
  ])('%s is in %s the day %s, %s', (written, timeZone, day, away) => {
    const at = new Date(written);
    expect(formatDay(at, timeZone)).toBe(day);
    expect(fromNow(at, new Date('2026-11-21T12:00:00Z'), timeZone)).toBe(away);
  });

  it('has a day, words and a distance in every zone', () => {
    fc.assert(
      fc.property(any, any, anyZone, (from, to, timeZone) => {
        expect(dayIn(from, timeZone)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(formatInstant(from, timeZone)).toMatch(/^\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d{2}:\d{2} \(.+\)$/);
        expect(fromNow(from, to, timeZone)).toMatch(
          /^(today|tomorrow|yesterday|in \d+ days|\d+ days ago|in [\d,]+ years|[\d,]+ years ago)$/,
        );
        expect(daysBetween(from, to, timeZone) + daysBetween(to, from, timeZone)).toBe(0);
        expect(from <= to ? dayIn(from, timeZone) <= dayIn(to, timeZone) : true).toBe(true);
        expect(dayIn(endOfDay(dayIn(from, timeZone), timeZone), timeZone)).toBe(dayIn(from, timeZone));
        expect(addDays(dayIn(from, timeZone), 400)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      { numRuns: 1000 },
    );
  });
});
