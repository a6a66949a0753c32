import { isWithin, periodMeant, periodWords } from '../../../src/core/report/report-period.ts';

const now = new Date('2026-11-28T23:30:00Z');
const meant = (...words: readonly string[]) => periodMeant(words.join(' '), now, 'Europe/Berlin');

describe('the period of a report', () => {
  it.each([
    [[], '2026-10-31', '2026-11-29'],
    [['2026-11-01'], '2026-11-01', '2026-11-29'],
    [['2026-11-01', '2026-11-15'], '2026-11-01', '2026-11-15'],
    [['2026-11-29', '2026-12-31'], '2026-11-29', '2026-12-31'],
    [['yesterday'], '2026-11-28', '2026-11-29'],
    [['2026-11-01', 'today'], '2026-11-01', '2026-11-29'],
    [['from', '1 Nov', 'to', '30 Nov'], '2026-11-01', '2026-11-30'],
    [['1.11.', '-', '15.11.'], '2026-11-01', '2026-11-15'],
    [['since', 'last Friday'], '2026-11-27', '2026-11-29'],
    [['1 Dec', 'until', 'end of March'], '2025-12-01', '2026-03-31'],
    [['2 weeks'], '2026-11-16', '2026-11-29'],
    [['last', 'two', 'weeks'], '2026-11-16', '2026-11-29'],
    [['last', '7 days'], '2026-11-23', '2026-11-29'],
  ])('of “report %j” is %s to %s, where today is by the calendar of the time zone', (words, fromDay, toDay) => {
    expect(meant(...words)).toEqual({ fromDay, toDay });
  });

  it.each([
    [['whenever'], '“whenever” is not a date'],
    [['2026-02-30'], 'There is no day “2026-02-30”'],
    [['01/02/2026'], '1 Feb 2026 or 2 Jan 2026'],
    [['2026-11-01', 'now'], '“now” is not a date'],
    [['2 weeks', 'please'], '“please” is left over'],
    [['sub:shop'], '“sub:shop” is not a date'],
    [['2026-11-15', '2026-11-01'], 'ends (2026-11-01) before it begins (2026-11-15)'],
    [['2026-11-30'], 'ends (2026-11-29) before it begins'],
    [['2026-11-30', '2026-12-01'], 'begins in the future (2026-11-30)'],
    [['2026-11-01', '2026-11-02', '2026-11-03'], 'at most two dates, and “2026-11-03” is left over'],
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
