import fc from 'fast-check';
import { dueStep } from '../../../src/core/alert/alert.ts';
import { exemptionStateOf, type ExemptionState } from '../../../src/core/inventory/exemption-state.ts';
import { crossedSpans, isWithin } from '../../../src/core/alert/ladder-windows.ts';
import { looksLikeLossOfSight } from '../../../src/core/inventory/sweep.ts';

const zone = 'Europe/Berlin';
const at = (text: string): Date => new Date(text);

describe('which ends came a step nearer between two looks', () => {
  const moment = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true });

  it.each(['Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu'])(
    'are those with another thing due (%s)',
    (timeZone) => {
      const apart = fc.integer({ min: 1, max: 40 * 86_400_000 });
      const ahead = fc.integer({ min: -3 * 86_400_000, max: 40 * 86_400_000 });
      fc.assert(
        fc.property(moment, apart, ahead, (before, milliseconds, end) => {
          const now = new Date(before.getTime() + milliseconds);
          const expiresAt = new Date(now.getTime() + end);
          const unit = {
            exemptions: [{ id: '', scope: '', category: 'Waiver' as const, expiresAt, createdAt: undefined }],
          };
          const differs = dueStep(unit, before, timeZone) !== dueStep(unit, now, timeZone);
          expect(isWithin(crossedSpans(before, now, timeZone), expiresAt)).toBe(differs);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('are none on the same day, but for those that ended', () => {
    const spans = crossedSpans(at('2026-11-21T08:00:00Z'), at('2026-11-21T08:05:00Z'), zone);
    expect(spans).toHaveLength(1);
    expect(isWithin(spans, at('2026-11-21T08:05:00Z'))).toBe(true);
    expect(isWithin(spans, at('2026-11-21T08:00:00Z'))).toBe(false);
    expect(isWithin(spans, at('2026-11-28T08:00:00Z'))).toBe(false);
    expect(isWithin(spans, undefined)).toBe(false);
  });

  it('are none where the clock was set back', () => {
    expect(crossedSpans(at('2026-11-21T08:00:00Z'), at('2026-11-01T08:00:00Z'), zone)).toEqual([]);
  });
});

describe('how an exemption stands', () => {
  const now = at('2026-11-21T12:00:00Z');
  it.each<[string | undefined, boolean, ExemptionState]>([
    [undefined, false, 'never-expires'],
    ['2026-11-21T12:00:00Z', false, 'expired'],
    ['2026-11-21T12:00:01Z', false, 'expiring'],
    ['2026-12-21T22:00:00Z', false, 'expiring'],
    ['2026-12-21T23:00:00Z', false, 'active'],
    ['2026-11-20T12:00:00Z', true, 'orphaned'],
    [undefined, true, 'orphaned'],
  ])('that ends %s, its assignment gone: %s, is %s', (end, assignmentGone, state) => {
    const expiresAt = end === undefined ? undefined : at(end);
    expect(exemptionStateOf({ expiresAt }, { assignmentGone, now, timeZone: zone, withinDays: 30 })).toBe(state);
  });
});

describe('whether the bot has rather lost its sight', () => {
  it.each([
    [100, 0, false],
    [100, 33, false],
    [100, 34, true],
    [6, 5, false],
    [6, 6, true],
    [17, 6, true],
    [18, 6, false],
    [0, 0, false],
  ])('of %i known %i missing: %s', (known, missing, lost) => {
    expect(looksLikeLossOfSight({ known, missing })).toBe(lost);
  });
});
