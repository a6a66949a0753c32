const invisible =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/**
 * The visible part of a text: keeps line breaks, turns tabs into blanks, and removes control and direction characters, zero-width
 * characters and half surrogate pairs. All user text passes through it, so that nobody reads something other than what is stored.
 */
export const visibleText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(invisible, (character) => (character === '\n' ? '\n' : character === '\t' ? ' ' : ''))
    .toWellFormed();
