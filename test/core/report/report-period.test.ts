import { isWithin, periodMeant, periodWords } from '../../../src/core/report/report-period.ts';

const now = new Date('2026-11-28T23:30:00Z');
const meant = (...words: readonly string[]) => periodMeant(words, now, 'Europe/Berlin');

describe('the period of a report', () => {
  it.each([
    [[], '2026-10-31', '2026-11-29'],
    [['2026-11-01'], '2026-11-01', '2026-11-29'],
    [['2026-11-01', '2026-11-15'], '2026-11-01', '2026-11-15'],
    [['2026-11-29', '2026-12-31'], '2026-11-29', '2026-12-31'],
  ])('of “report %j” is %s to %s, where today is by the calendar of the time zone', (words, fromDay, toDay) => {
    expect(meant(...words)).toEqual({ fromDay, toDay });
  });

  it.each([
    [['yesterday'], '“yesterday” is not a date'],
    [['2026-02-30'], '“2026-02-30” is not a date'],
    [['2026-11-01', 'today'], '“today” is not a date'],
    [['2026-11-15', '2026-11-01'], 'ends (2026-11-01) before it begins (2026-11-15)'],
    [['2026-11-30'], 'ends (2026-11-29) before it begins'],
    [['2026-11-30', '2026-12-01'], 'begins in the future (2026-11-30)'],
    [['2026-11-01', '2026-11-02', '2026-11-03'], 'at most two dates'],
  ])('is refused for %j, with the remedy', (words, sentence) => {
    expect(() => meant(...words)).toThrow(sentence);
    expect(() => meant(...words)).toThrow('report 2026-11-01 2026-11-30');
  });

  it('holds both of its days whole, also where the clocks change', () => {
    const within = isWithin({ fromDay: '2026-10-25', toDay: '2026-10-25' }, 'Europe/Berlin');

    expect([
      within(new Date('2026-10-24T21:59:59Z')),
      within(new Date('2026-10-24T22:00:00Z')),
      within(new Date('2026-10-25T22:59:59Z')),
      within(new Date('2026-10-25T23:00:00Z')),
      within(undefined),
    ]).toEqual([false, true, true, false, false]);
  });

  it('is said in words', () => {
    expect(periodWords({ fromDay: '2026-11-01', toDay: '2026-11-30' })).toBe('1 Nov 2026 to 30 Nov 2026');
  });
});
