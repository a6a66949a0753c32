import fc from 'fast-check';
import { patternProblem, ticketFits } from '../../src/governance/ticket-fits.ts';

describe('a ticket number against the pattern of the governance file', () => {
  it.each([
    ['(([A-Z]+)-?)+[0-9]+', 'A'.repeat(45)],
    ['(A+)+', `${'A'.repeat(63)}!`],
    ['(A|A)*', `${'A'.repeat(63)}!`],
    ['.*.*.*.*.*.*.*.*!', 'a'.repeat(64)],
  ])('is compared with %s in no time', (pattern, ticket) => {
    const begun = performance.now();
    expect(ticketFits(ticket, pattern)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('fits no pattern if it is longer than 64 characters', () => {
    expect(ticketFits('A'.repeat(64), 'A+')).toBe(true);
    expect(ticketFits('A'.repeat(65), 'A+')).toBe(false);
  });

  it('fits or not as regular expressions do everywhere', () => {
    const part = fc.constantFrom('CHG', '[0-9]{2}', '(A|B)+', '[^-]', '-?', '\\d', '\\w*', '.', '(?:X|Y-)', '\\p{L}');
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const ticket = fc
      .array(fc.constantFrom('CHG', '12', 'A', 'B', '-', '7', 'X', 'Y-', 'ä', '\n'), { maxLength: 5 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, ticket, (asked, given) => {
        expect(ticketFits(given, asked)).toBe(new RegExp(`^(?:${asked})$`, 'u').test(given));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a pattern for ticket numbers', () => {
  it.each(['CHG[0-9]{7}|EMERGENCY', '(A+)+', '(?<kind>CHG|INC)\\d+', '\\p{Lu}{3}-\\d{1,6}'])('may be %s', (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });

  it.each(['(?=A)A', 'A(?!B)', '(?<=A)B', '(?<!A)B', '(A)\\1'])('may not be %s, and says why', (pattern) => {
    expect(patternProblem(pattern)).toMatch(
      /^must do without look-ahead, look-behind and back-references, .* as in CHG/,
    );
  });

  it.each(['[', '(', 'A{2,1}', '*', '\\u0041'])('may not be %s, which is no regular expression of RE2', (pattern) => {
    expect(patternProblem(pattern)).toMatch(
      /^must be a regular expression such as CHG.*: (missing|invalid|unexpected)/,
    );
  });

  it('may not make thousands of steps', () => {
    expect(patternProblem('(A{1,500}){2}')).toBe('repeats too much: use smaller numbers in braces');
  });
});
