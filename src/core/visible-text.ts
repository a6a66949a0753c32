const invisible =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/**
 * What of a text can be seen: line breaks are kept, tabs become blanks; control and direction characters, characters without any width and half
 * surrogate pairs are gone. What people write comes in through it, so that nobody reads a text otherwise than it is written.
 */
export const visibleText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(invisible, (character) => (character === '\n' ? '\n' : character === '\t' ? ' ' : ''))
    .toWellFormed();
