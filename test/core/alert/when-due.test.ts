import fc from 'fast-check';
import { dayIn, minuteIn } from '../../../src/core/calendar.ts';
import { soonest, whenDue } from '../../../src/core/alert/when-due.ts';

const night = { from: 20 * 60, to: 7 * 60 };
const office = { from: 9 * 60, to: 17 * 60 };
const due = (
  filter: Partial<Parameters<typeof whenDue>[0]>,
  now: string,
  zone = 'Europe/Berlin',
): ReturnType<typeof whenDue> => whenDue({ digest: undefined, quiet: undefined, ...filter }, new Date(now), zone);

describe('when an alert is due', () => {
  it.each([
    ['at once, where nothing was said', {}, '2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z'],
    ['at once, outside of the quiet hours', { quiet: night }, '2026-11-21T18:59:00Z', '2026-11-21T18:59:00Z'],
    ['in the morning, from the first quiet minute', { quiet: night }, '2026-11-21T19:00:00Z', '2026-11-22T06:00:00Z'],
    ['the same morning, after midnight', { quiet: night }, '2026-11-22T05:59:59Z', '2026-11-22T06:00:00Z'],
    ['at once, when the quiet hours end', { quiet: night }, '2026-11-22T06:00:00Z', '2026-11-22T06:00:00Z'],
    ['in the evening, after quiet office hours', { quiet: office }, '2026-11-20T10:00:00Z', '2026-11-20T16:00:00Z'],
    ['at eight, with the daily digest', { digest: 'daily' }, '2026-11-21T06:59:59Z', '2026-11-21T07:00:00Z'],
    ['at eight the next day, from eight on', { digest: 'daily' }, '2026-11-21T07:00:00Z', '2026-11-22T07:00:00Z'],
    ['on Monday, with the weekly digest', { digest: 'weekly' }, '2026-11-21T12:00:00Z', '2026-11-23T07:00:00Z'],
    ['a week later, on Monday at eight', { digest: 'weekly' }, '2026-11-23T07:00:00Z', '2026-11-30T07:00:00Z'],
    [
      'after the quiet hours, where the digest falls into them',
      { digest: 'daily', quiet: { from: 0, to: 600 } },
      '2026-11-21T12:00:00Z',
      '2026-11-22T09:00:00Z',
    ],
    ['by the clock on the wall in summer', { digest: 'daily' }, '2026-06-30T12:00:00Z', '2026-07-01T06:00:00Z'],
  ] as const)('%s', (_, filter, now, expected) => {
    expect(due(filter, now)).toEqual({ dueAt: new Date(expected), digest: 'digest' in filter });
  });

  it('is after the gap, where the quiet hours end in the hour that summer time skips', () => {
    const quiet = { from: 0, to: 150 };

    expect(due({ quiet }, '2026-03-28T23:30:00Z').dueAt).toEqual(new Date('2026-03-29T01:30:00Z'));
  });

  it('is never in the quiet hours, never in the past, and a digest never later than a week and a day', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Kiritimati'] as const;
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        fc.constantFrom('daily', 'weekly', undefined),
        fc.option(
          fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to),
          { nil: undefined },
        ),
        (now, zone, digest, quiet) => {
          const { dueAt } = whenDue({ digest, quiet }, now, zone);
          expect(dueAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
          expect(dueAt.getTime() - now.getTime()).toBeLessThanOrEqual(8 * 86_400_000 + 3_600_000);
          if (digest !== undefined && quiet === undefined) expect(minuteIn(dueAt, zone)).toBe(480);
          if (digest === 'weekly' && quiet === undefined) expect(new Date(dayIn(dueAt, zone)).getUTCDay()).toBe(1);
          if (quiet === undefined || quiet.from === quiet.to) return;
          const at = minuteIn(dueAt, zone);
          const inside = quiet.from < quiet.to ? quiet.from <= at && at < quiet.to : quiet.from <= at || at < quiet.to;
          // Where the clocks go forward over the end of the quiet hours, or back into them, the wall clock is of no help.
          if (inside) expect(changesThatDay(dueAt, zone)).toBe(true);
        },
      ),
    );
  });

  it('is the earliest that several subscriptions say, and alone rather than collected', () => {
    const at = new Date('2026-11-21T12:00:00Z');
    const later = new Date('2026-11-22T12:00:00Z');

    expect(soonest([])).toBeUndefined();
    expect(
      soonest([
        { dueAt: later, digest: false },
        { dueAt: at, digest: true },
        { dueAt: at, digest: false },
      ]),
    ).toEqual({ dueAt: at, digest: false });
  });
});

const changesThatDay = (instant: Date, zone: string): boolean =>
  [-1, 1].some((days) => minuteIn(new Date(instant.getTime() + days * 86_400_000), zone) !== minuteIn(instant, zone));
