import fc from 'fast-check';
import { beginningOf, fewCharacters, shortened, visibleLength, visibleText } from '../../src/core/visible-text.ts';

describe('what of a text can be seen', () => {
  it.each([
    ['line breaks of every system', 'one\r\ntwo\rthree\n', 'one\ntwo\nthree\n'],
    ['tabs as blanks', 'one\ttwo', 'one two'],
    ['families, flags and letters that are joined', '👩‍👩‍👧‍👦 🇩🇪 می‌خواهم 𝕫', '👩‍👩‍👧‍👦 🇩🇪 می‌خواهم 𝕫'],
    ['markup, which is the business of whoever shows it', '<at>[x](y)</at> ${z}', '<at>[x](y)</at> ${z}'],
  ])('keeps %s', (_name, text, seen) => {
    expect(visibleText(text)).toBe(seen);
  });

  it.each([
    ['characters that control', 'a\u0000b\u001bc\u0085d', 'abcd'],
    ['changes of direction', '\u202edesrever\u202c \u2066x\u2069 \u200f\u061c', 'desrever x '],
    ['characters without width', 'z\u200be\u2060r\ufeffo\u00ad', 'zero'],
  ])('drops %s', (_name, text, seen) => {
    expect(visibleText(text)).toBe(seen);
  });

  it('marks half a character as what it is', () => {
    expect(visibleText('\ud83d x \ude00')).toBe('\ufffd x \ufffd');
  });
});

describe('text without ink', () => {
  it.each([
    ['Hangul fillers', '\u3164'.repeat(24)],
    ['other fillers', '\u115f\u1160\uffa0\u17b4\u17b5\u034f'],
    ['empty Braille cells', '\u2800'.repeat(24)],
    ['tag characters', '\u{E0001}\u{E0068}\u{E0069}\u{E007F}'],
    ['old format characters', '\u206a\u206b\u206c\u206d\u206e\u206f'],
    ['stray variation selectors', '\ufe0f\ufe00\u{E0100}\u{E01EF}'],
    ['joiners with nothing to join', '\u200d\u200c\u200d'],
    ['annotations', '\ufff9\ufffa\ufffb'],
    ['a filler with a selector and a joiner', '\u3164\ufe0f\u200d\u3164'],
  ])('is nothing: %s', (_name, text) => {
    expect(visibleText(text)).toBe('');
    expect(visibleLength(text)).toBe(0);
    expect(visibleText(`a${text}`)).toMatch(/^a[\ufe0f]?$/);
    expect(visibleLength(`a ${text} b`)).toBe(3);
  });

  it.each(['❤️', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '👩🏽‍💻', '葛\u{E0100}', 'می‌خواهم', 'क्‍ष', '각', '𝕫', 'é'])('is not “%s”', (text) => {
    expect(visibleText(text)).toBe(text);
  });

  it('hides no second text behind an emoji', () => {
    expect(visibleText('😀\ufe0f\ufe01\ufe02\u{E0110}\u{E0111}')).toBe('😀\ufe0f');
    expect(visibleText('\u{1F3F4}\u{E0068}\u{E0069}\u{E007F}')).toBe('\u{1F3F4}');
  });

  it('is counted in characters that a reader sees', () => {
    expect(visibleLength('👩‍👩‍👧‍👦 🇩🇪 ❤️')).toBe(5);
    expect(visibleLength('  because   it is\n so ')).toBe(16);
    expect(visibleLength(`a${'\u0301'.repeat(40)}`)).toBe(1);
  });

  it('never comes back, whatever was typed', () => {
    const character = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2 }),
      fc.constantFrom(
        '\u200d',
        '\u200c',
        '\ufe0f',
        '\u{E0100}',
        '\u3164',
        '\u2800',
        '\u{1F3F4}',
        '\u{E0067}',
        '\u{E007F}',
        '😀',
        'a',
        '\t',
        '\r',
        '\ud83d',
      ),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (parts) => {
        const seen = visibleText(parts.join(''));
        expect(visibleText(seen)).toBe(seen);
        expect(seen).not.toMatch(/[\u3164\u2800\u115f\u1160\uffa0\u206a-\u206f\t\r]/u);
        expect(seen.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('cutting a text', () => {
  it.each([
    ['😀'.repeat(400), 511],
    ['👩‍👩‍👧‍👦'.repeat(60), 300],
    ['e\u0301'.repeat(200), 128],
    ['🇩🇪'.repeat(99), 130],
  ])('leaves no half of a character (%#)', (text, longest) => {
    const [whole = ''] = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
    for (const [cut, end] of [
      [beginningOf(text, longest), ''],
      [shortened(text, longest), '…'],
    ] as const) {
      expect(cut.length).toBeLessThanOrEqual(longest);
      expect(cut.length).toBeGreaterThan(longest - whole.length - 2);
      expect(cut.slice(0, cut.length - end.length).replaceAll(whole, '')).toBe('');
    }
  });

  it('can count in characters that a reader sees', () => {
    expect([fewCharacters('👩‍👩‍👧‍👦🇩🇪e\u0301', 2), fewCharacters('👩‍👩‍👧‍👦🇩🇪', 2)]).toEqual(['👩‍👩‍👧‍👦🇩🇪…', '👩‍👩‍👧‍👦🇩🇪']);
  });

  it('leaves a text alone that fits', () => {
    expect([beginningOf('abc', 3), shortened('abc', 3), beginningOf('abcd', 3), shortened('abcd', 3)]).toEqual([
      'abc',
      'abc',
      'abc',
      'ab…',
    ]);
  });
});
