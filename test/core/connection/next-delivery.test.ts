import { afterFailure, type FailedDelivery } from '../../../src/core/connection/next-delivery.ts';

const now = new Date('2026-12-01T08:00:00.000Z');
const failed: FailedDelivery = {
  kind: 'refused',
  attempts: 0,
  unknowns: 0,
  failures: 0,
  since: now,
  patienceDays: 3,
  mostUnknowns: undefined,
  waitMs: undefined,
};
const waits = (changes: Partial<FailedDelivery>, share = 0.5): number =>
  (afterFailure({ ...failed, ...changes }, now, share).dueAt.getTime() - now.getTime()) / 1000;
const pauses = (changes: Partial<FailedDelivery>): number | undefined => {
  const { pausedUntil } = afterFailure({ ...failed, ...changes }, now, 0.5);
  return pausedUntil && (pausedUntil.getTime() - now.getTime()) / 1000;
};
const dayMs = 86_400_000;

describe('what comes after a failed delivery', () => {
  it('is a longer pause each time, an hour at most, and not the same for all', () => {
    expect([0, 1, 2, 7, 50].map((attempts) => waits({ attempts }))).toEqual([30, 60, 120, 3600, 3600]);
    expect([waits({}, 0), waits({}, 1)]).toEqual([24, 36]);
  });

  it('is no attempt before the other side wants one', () => {
    expect(waits({ waitMs: 600_000 })).toBe(600);
    expect(pauses({ waitMs: 600_000 })).toBe(600);
    expect(waits({ waitMs: 1000 * dayMs })).toBe(86_400);
  });

  it('is leaving a target alone that fails again and again', () => {
    expect([3, 4, 5, 6].map((failures) => pauses({ failures }))).toEqual([undefined, 30, 60, 120]);
  });

  it('is giving up after some days, or never', () => {
    const since = new Date(now.getTime() - 3 * dayMs);
    expect(afterFailure({ ...failed, since }, now, 0).dead).toContain('3 days');
    expect(afterFailure({ ...failed, since: new Date(since.getTime() + 1) }, now, 0).dead).toBeUndefined();
    expect(afterFailure({ ...failed, since: new Date(0), patienceDays: undefined }, now, 0).dead).toBeUndefined();
  });

  it('is giving up where too many attempts may have arrived', () => {
    const unknown = { ...failed, kind: 'unknown', mostUnknowns: 3 } as const;
    expect(afterFailure({ ...unknown, unknowns: 1 }, now, 0).dead).toBeUndefined();
    expect(afterFailure({ ...unknown, unknowns: 2 }, now, 0).dead).toContain('may have arrived');
    expect(afterFailure({ ...unknown, unknowns: 9, mostUnknowns: undefined }, now, 0).dead).toBeUndefined();
  });
});
