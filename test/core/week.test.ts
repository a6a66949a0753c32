import { latestReportWeek } from '../../src/core/week.ts';

describe('the week of a report', () => {
  it.each([
    ['a Monday at 7:59', '2026-11-30T06:59:59Z', '2026-11-23'],
    ['a Monday at 8:00', '2026-11-30T07:00:00Z', '2026-11-30'],
    ['the Sunday after', '2026-12-06T22:59:59Z', '2026-11-30'],
    ['a Monday that has begun only here', '2026-12-06T23:30:00Z', '2026-11-30'],
    ['the Monday after the clocks went back', '2026-10-26T07:00:00Z', '2026-10-26'],
    ['the Monday after the clocks went forward', '2026-03-30T06:00:00Z', '2026-03-30'],
  ])('on %s is the one of the latest Monday that has come to 8:00', (_name, now, monday) => {
    expect(latestReportWeek(new Date(now), 'Europe/Berlin').monday).toBe(monday);
  });

  it('is due at 8:00 by the clock on the wall', () => {
    const due = (now: string) => latestReportWeek(new Date(now), 'Europe/Berlin').dueAt.toISOString();

    expect(due('2026-12-02T12:00:00Z')).toBe('2026-11-30T07:00:00.000Z');
    expect(due('2026-07-01T12:00:00Z')).toBe('2026-06-29T06:00:00.000Z');
  });
});
