import { pauseAfter, whyGiveUp } from '../../../src/core/alert/next-attempt.ts';

describe('the next attempt to deliver', () => {
  it('waits longer each time, a quarter of an hour at most', () => {
    const pauses = [0, 1, 2, 3, 4, 5, 50].map((attempts) => pauseAfter(attempts, 0.5) / 1000);

    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('waits a fifth more or less, so that not all come back together', () => {
    expect([pauseAfter(0, 0), pauseAfter(0, 1)]).toEqual([24_000, 36_000]);
  });

  it.each([
    [{ attempts: 3, unknowns: 3 }, 'unknown', undefined],
    [{ attempts: 4, unknowns: 4 }, 'unknown', 'Teams did not confirm any of 5 attempts.'],
    [{ attempts: 20, unknowns: 4 }, 'refused', undefined],
    [{ attempts: 99, unknowns: 0 }, 'refused', 'Teams did not accept it for a day. It says 403.'],
  ] as const)('after %o comes one more, or none when it was %s', (parcel, failure, why) => {
    expect(whyGiveUp(parcel, failure, 'It says 403.')).toBe(why);
  });
});
