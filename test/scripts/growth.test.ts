import { growth, isLinear } from '../../scripts/bench/growth.ts';

const costsOf = (cost: (size: number) => number) =>
  [25_000, 50_000, 100_000].map((size) => ({ size, cost: cost(size) }));

describe('the growth of a measured cost', () => {
  it.each<[string, (size: number) => number, boolean]>([
    ['as the size', (size) => size * 0.3, true],
    ['as the size, from a start that costs', (size) => 2000 + size * 0.3, true],
    ['as the size times its logarithm', (size) => size * Math.log2(size), true],
    ['as the square of the size', (size) => (size * size) / 1e6, false],
    ['as the size at first, and as the square in the end', (size) => size * 0.1 + (size * size) / 1e6, false],
  ])('%s', (_, cost, linear) => {
    expect(isLinear(costsOf(cost).toReversed())).toBe(linear);
  });

  it('is told as a ratio, and of nothing there is none', () => {
    expect(growth(costsOf((size) => size * size))).toBe(4);
    expect(isLinear([])).toBe(false);
  });
});
