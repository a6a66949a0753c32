import fc from 'fast-check';
import { matchesWildcard } from '../../src/core/wildcard.ts';

/** The same said as a regular expression, which tries every way to divide the text. */
const byTrying = (pattern: string, text: string): boolean => {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'is').test(text);
};

it('matches the texts that trying every division would match', () => {
  const few = (letters: readonly string[]) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((each) => each.join(''));
  fc.assert(
    fc.property(few(['*', 'a', 'B', '.', '/']), few(['a', 'A', 'b', '.', '/', '\n']), (pattern, text) => {
      expect(matchesWildcard(pattern, text)).toBe(byTrying(pattern, text));
    }),
    { numRuns: 5000 },
  );
});

it('takes no time for a pattern of many stars', () => {
  const begun = performance.now();
  expect(matchesWildcard(`${'*a'.repeat(100)}*!`, 'a'.repeat(5000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(200);
});
