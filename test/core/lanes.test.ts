import fc from 'fast-check';
import { lanesOf } from '../../src/core/in-parallel.ts';

describe('lanes', () => {
  it.each([
    [
      [1, 2, 3],
      [[1], [2], [3]],
    ],
    [[1, 11, 2, 21, 12], [[1, 11, 2, 21, 12]]],
    [
      [1, 3, 1, 4],
      [[3], [1, 1], [4]],
    ],
    [[], []],
  ])('keeps %j in %j, where numbers touch that share a digit', (items, lanes) => {
    const shares = (a: number, b: number) => Array.from(String(a)).some((digit) => String(b).includes(digit));
    expect(lanesOf(items, shares).toSorted()).toEqual(lanes.toSorted());
  });

  it('never parts what touches, leaves nothing out and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (numbers, near) => {
        const items = numbers.map((number, at) => ({ number, at }));
        const touches = (a: { number: number }, b: { number: number }) => Math.abs(a.number - b.number) < near;
        const lanes = lanesOf(items, touches);
        expect(lanes.flat().toSorted((a, b) => a.at - b.at)).toEqual(items);
        for (const lane of lanes) {
          expect(lane.map(({ at }) => at)).toEqual(lane.map(({ at }) => at).toSorted((a, b) => a - b));
          for (const other of lanes)
            if (other !== lane) expect(lane.some((a) => other.some((b) => touches(a, b)))).toBe(false);
        }
      }),
    );
  });
});
