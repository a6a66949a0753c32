import { visibleText } from '../core/visible-text.ts';

/** Text that is safe on a card: without invisible characters, and without anything that Teams could read as a mention. */
export const cleanText = (text: string): string => visibleText(text).replace(/<(?=\/?at\b)/gi, '‹');

const characters = new Intl.Segmenter('en');

/** Shortens text to so many UTF-16 units and ends it with “…”. Never cuts through a visible character. */
export const shortened = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const cut = characters.segment(text).containing(longest - 1)?.index ?? 0;
  return `${text.slice(0, cut).trimEnd()}…`;
};

/** For the few places where clients read data as Markdown, such as the titles of choices: breaks up links and tags. */
export const withoutMarkup = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\]\s*(?=[([])/g, '] ')
    .replace(/</g, '‹')
    .replace(/`/g, '’');
