import { visibleText } from '../core/visible-text.ts';

/** Text that is safe on a card: without invisible characters, and without anything that Teams could read as a mention. */
export const cleanText = (text: string): string => visibleText(text).replace(/<(?=\/?at\b)/gi, '‹');

/** For the few places where clients read data as Markdown, such as the titles of choices: breaks up links and tags. */
export const withoutMarkup = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\]\s*(?=[([])/g, '] ')
    .replace(/</g, '‹')
    .replace(/`/g, '’');
