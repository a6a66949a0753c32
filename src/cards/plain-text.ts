import { visibleText } from '../core/visible-text.ts';

/** Data as it may stand in a card: only what can be seen, and nothing that Teams could take for a mention. */
export const cleanText = (text: string): string => visibleText(text).replace(/<(?=\/?at\b)/gi, '‹');

const characters = new Intl.Segmenter('en');

/** Cuts after so many UTF-16 units, never inside what a reader takes for one character, and shows that it did. */
export const shortened = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const cut = characters.segment(text).containing(longest - 1)?.index ?? 0;
  return `${text.slice(0, cut).trimEnd()}…`;
};

/** For the few places where clients apply Markdown to plain data, such as the titles of choices: links and tags lose their shape. */
export const withoutMarkup = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\]\s*(?=[([])/g, '] ')
    .replace(/</g, '‹')
    .replace(/`/g, '’');
