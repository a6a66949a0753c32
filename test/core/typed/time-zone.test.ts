import fc from 'fast-check';
import { dayIn } from '../../../src/core/calendar.ts';
import { readTimeZone } from '../../../src/core/typed/time-zone.ts';

describe('a time zone', () => {
  it.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Europe/Kiev', 'Europe/Kiev'],
    ['EUROPE/BERLIN', 'Europe/Berlin'],
    ['america/port_of_spain', 'America/Port_of_Spain'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['est5edt', 'EST5EDT'],
    ['US/Eastern', 'US/Eastern'],
    ['+05:30', '+05:30'],
    ['+0530', '+05:30'],
    ['-08', '-08:00'],
    [' Europe/Berlin ', 'Europe/Berlin'],
  ])('%j is %s', (typed, zone) => {
    expect(readTimeZone(typed)).toEqual({ zone });
  });

  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['Kolkata', 'Asia/Kolkata'],
    ['kyiv', 'Europe/Kyiv'],
    ['Europe/Kolkata', 'Asia/Kolkata'],
    ['New York', 'America/New_York'],
    ['New', 'America/New_York'],
    ['Asia/Kolkatta', 'Asia/Calcutta'],
    ['Buenos Aires', 'America/Buenos_Aires'],
  ])('%s is none, but near %s', (typed, zone) => {
    const read = readTimeZone(typed);
    expect('near' in read && read.near).toContain(zone);
    expect('near' in read && read.near.length).toBeLessThanOrEqual(3);
  });

  it.each(['', ' ', '/', 'Mitteleuropa', 'India Standard Time', '+25:00', '٣', '🕛'])('%j is none', (typed) => {
    expect(readTimeZone(typed)).toHaveProperty('near');
  });

  it('is whatever Intl can use, under any name that it gives back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...Intl.supportedValuesOf('timeZone'))), (typed) => {
        const read = readTimeZone(typed);
        for (const zone of 'zone' in read ? [read.zone] : read.near) {
          expect(dayIn(new Date('2026-11-29T12:00:00Z'), zone)).toMatch(/^2026-11-(29|30)$/);
          expect(readTimeZone(zone)).toEqual({ zone });
        }
      }),
    );
  });
});
