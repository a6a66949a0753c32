import { andMore, firstFew } from '../../src/core/first-few.ts';

it.each([
  { names: [], said: '' },
  { names: ['a'], said: 'a' },
  { names: ['a', 'b'], said: 'a, b' },
  { names: ['a', 'b', 'c'], said: 'a, b and 1 more' },
])('says $said', ({ names, said }) => {
  expect(firstFew(names, 2)).toBe(said);
});

it('says how many more there are, and nothing where there are none', () => {
  expect(andMore(1200, 10)).toBe('and 1,190 more');
  expect(andMore(10, 10)).toBe('');
  expect(andMore(2, 10)).toBe('');
});
