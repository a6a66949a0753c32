import { dueReminders, lapsesAt, ratifyBy } from '../../../src/core/request/waiting.ts';

const waitingSince = new Date('2026-11-20T08:00:00Z');
const after = (hours: number): Date => new Date(waitingSince.getTime() + hours * 3_600_000);

describe('a request that waits', () => {
  it.each([
    [0, []],
    [3.9, []],
    [4, ['4 hours']],
    [23, ['4 hours']],
    [24, ['4 hours', '1 day']],
    [48, ['4 hours', '1 day', '2 days']],
    [160, ['4 hours', '1 day', '2 days']],
  ])('after %s hours has these reminders behind it: %j', (hours, due) => {
    expect(dueReminders({ waitingSince }, after(hours))).toEqual(due);
  });

  it('reminds of nothing when the clock goes back', () => {
    expect(dueReminders({ waitingSince }, after(-100))).toEqual([]);
  });

  it('lapses after 7 days', () => {
    expect(lapsesAt({ waitingSince })).toEqual(after(7 * 24));
  });
});

it('gives an emergency 72 hours', () => {
  expect(ratifyBy(waitingSince)).toEqual(after(72));
});
