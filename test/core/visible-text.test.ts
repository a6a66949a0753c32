import { visibleText } from '../../src/core/visible-text.ts';

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
