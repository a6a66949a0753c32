import fc from 'fast-check';
import { dueStep, expiryOf, stepsUpTo, type LadderStep } from '../../../src/core/alert/alert.ts';
import { addDays, dayIn, endOfDay } from '../../../src/core/calendar.ts';
import { root, vm1 } from '../contoso.ts';
import { assignment, benchmark, exemption } from '../policies.ts';

const zone = 'Europe/Berlin';
const lastDay = '2026-12-31';
const expiresAt = endOfDay(lastDay, zone);
const mcsb = assignment('mcsb', root, benchmark);

const unit = (...dates: { expiresAt?: Date | undefined; createdAt?: Date | undefined }[]) => ({
  exemptions: dates.map((more) => exemption(mcsb, vm1, ['diskEncryption'], more)),
});
const noonBefore = (days: number): Date => new Date(`${addDays(lastDay, -days)}T11:00:00Z`);
const ofLife = (days: number) => unit({ expiresAt, createdAt: noonBefore(days) });
const order: readonly LadderStep[] = ['30', '14', '7', '1', '0', 'expired'];

describe('the warning that is due', () => {
  it.each<[number, LadderStep | undefined]>([
    [60, undefined],
    [31, undefined],
    [30, '30'],
    [29, '30'],
    [15, '30'],
    [14, '14'],
    [8, '14'],
    [7, '7'],
    [2, '7'],
    [1, '1'],
    [0, '0'],
    [-1, 'expired'],
    [-400, 'expired'],
  ])('%i days ahead of the end is %s', (days, step) => {
    expect(dueStep(ofLife(90), noonBefore(days), zone)).toBe(step);
  });

  it('comes on the last day until its last second, then it has expired', () => {
    expect(dueStep(ofLife(90), new Date(expiresAt.getTime() - 1), zone)).toBe('0');
    expect(dueStep(ofLife(90), expiresAt, zone)).toBe('expired');
  });

  it('counts days by the calendar of the time zone, not by 24 hours', () => {
    const at = new Date('2026-12-30T23:30:00Z');
    expect(dueStep(ofLife(90), at, zone)).toBe('0');
    expect(dueStep(ofLife(90), at, 'America/Los_Angeles')).toBe('1');
  });

  it.each<[number, (LadderStep | undefined)[]]>([
    [365, ['30', '14', '7', '1', '0', 'expired']],
    [31, ['30', '14', '7', '1', '0', 'expired']],
    [30, [undefined, '14', '7', '1', '0', 'expired']],
    [14, [undefined, undefined, '7', '1', '0', 'expired']],
    [10, [undefined, undefined, '7', '1', '0', 'expired']],
    [7, [undefined, undefined, undefined, '1', '0', 'expired']],
    [1, [undefined, undefined, undefined, undefined, '0', 'expired']],
    [0, [undefined, undefined, undefined, undefined, undefined, 'expired']],
  ])('skips for a life of %i days the steps that are not shorter', (life, steps) => {
    const moments = [30, 14, 7, 1, 0, -1].map((days) => (days > life ? noonBefore(life) : noonBefore(days)));
    expect(moments.map((at) => dueStep(ofLife(life), at, zone))).toEqual(steps);
  });

  it('never comes at birth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (life) => {
        expect(dueStep(ofLife(life), noonBefore(life), zone)).toBeUndefined();
      }),
    );
  });

  it('comes for an exemption of unknown age as for an old one', () => {
    expect(dueStep(unit({ expiresAt, createdAt: undefined }), noonBefore(30), zone)).toBe('30');
  });

  it('goes by the first end and the first beginning of what belongs together', () => {
    const later = { expiresAt: endOfDay('2027-06-30', zone), createdAt: noonBefore(3) };
    const together = unit(later, { expiresAt, createdAt: noonBefore(90) }, { expiresAt: undefined });
    expect(expiryOf(together)).toEqual(expiresAt);
    expect(dueStep(together, noonBefore(5), zone)).toBe('7');
  });

  it('never comes for what never expires', () => {
    expect(expiryOf(unit({ expiresAt: undefined }))).toBeUndefined();
    expect(expiryOf(unit())).toBeUndefined();
    expect(dueStep(unit({ expiresAt: undefined }), new Date('2999-01-01'), zone)).toBeUndefined();
  });
});

describe('what a warning makes obsolete', () => {
  it.each<[LadderStep, readonly LadderStep[]]>([
    ['30', ['30']],
    ['7', ['30', '14', '7']],
    ['0', ['30', '14', '7', '1', '0']],
    ['expired', order],
  ])('%s stands for %s', (step, steps) => {
    expect(stepsUpTo(step)).toEqual(steps);
  });

  /** Looks at a unit at each moment in turn and claims as the store does: alerted only by who first claims the last step. */
  const alertsOver = (moments: readonly Date[], life: number): LadderStep[] => {
    const claimed = new Set<LadderStep>();
    return moments.flatMap((at) => {
      const step = dueStep(ofLife(life), at, zone);
      if (step === undefined) return [];
      const first = !claimed.has(step);
      for (const each of stepsUpTo(step)) claimed.add(each);
      return first ? [step] : [];
    });
  };

  it('is caught up with by one alert after a long downtime', () => {
    expect(alertsOver([noonBefore(40), noonBefore(5), noonBefore(4)], 90)).toEqual(['7']);
    expect(alertsOver([noonBefore(40), noonBefore(-10)], 90)).toEqual(['expired']);
  });

  it('is not made up for when the clock is set back', () => {
    expect(alertsOver([noonBefore(6), noonBefore(14), noonBefore(30), noonBefore(5), noonBefore(1)], 90)).toEqual([
      '7',
      '1',
    ]);
  });

  it('leaves the whole ladder, once each and in order, to who looks every day', () => {
    const everyDay = Array.from({ length: 101 }, (_, day) => noonBefore(90 - day));
    expect(alertsOver(everyDay, 90)).toEqual(order);
  });

  it('keeps alerts in order and single, however the clock jumps', () => {
    const moments = fc.array(fc.integer({ min: -10, max: 60 }).map(noonBefore), { maxLength: 20 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 90 }), (seen, life) => {
        const steps = alertsOver(seen, life).map((step) => order.indexOf(step));
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }),
    );
  });

  it('falls on the same days in the weeks around a change of the clocks', () => {
    const end = endOfDay('2026-03-30', zone);
    const made = unit({ expiresAt: end, createdAt: new Date('2026-01-01T00:00:00Z') });
    const justAfterMidnight = (day: string) => new Date(endOfDay(addDays(day, -1), zone).getTime() + 1000);
    const steps = ['2026-02-28', '2026-03-16', '2026-03-23', '2026-03-29', '2026-03-30'].map((day) => {
      expect(dayIn(justAfterMidnight(day), zone)).toBe(day);
      return dueStep(made, justAfterMidnight(day), zone);
    });
    expect(steps).toEqual(['30', '14', '7', '1', '0']);
  });
});
