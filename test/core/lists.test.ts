import { byCodePoint, chunksOf, distinctBy } from '../../src/core/lists.ts';

it('keeps of items with one key the last, in the place of the first', () => {
  const items = ['/A', '/b', '/a'];

  expect(distinctBy(items, (id) => id.toLowerCase())).toEqual(['/a', '/b']);
});

it.each([
  { count: 0, sizes: [] },
  { count: 2, sizes: [2] },
  { count: 4, sizes: [2, 2] },
  { count: 5, sizes: [2, 2, 1] },
])('cuts $count items into lists of two', ({ count, sizes }) => {
  const items = Array.from({ length: count }, (_, index) => index);
  const chunks = chunksOf(items, 2);

  expect(chunks.map(({ length }) => length)).toEqual(sizes);
  expect(chunks.flat()).toEqual(items);
});

it('sorts texts by their code points, also where JavaScript does not', () => {
  const sorted = ['', '-', '/', 'a', 'a/b', 'a0', 'ab', 'ä', 'ｒg', '🐘', '🐘2'];

  expect([...sorted].reverse().sort(byCodePoint)).toEqual(sorted);
  expect(byCodePoint('🐘', '🐘')).toBe(0);
});
