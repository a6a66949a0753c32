/** What Unicode says to draw nothing for, and what draws a blank but is no blank: the fillers of Hangul, tags, an empty Braille cell. */
const withoutInk = '\\p{Default_Ignorable_Code_Point}\\u2800';
const letter = `(?![${withoutInk}])[\\p{L}\\p{N}\\p{P}\\p{S}]`;

/** The flags of England, Scotland and Wales are spelt in tag characters. */
const flag =
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}';
/** One selector after a character chooses how it is drawn (an emoji, a Han letter); a row of them hides a text. */
const selector = `(?<=${letter})[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]`;
const control = '(?![\\n\\t\\u200C\\u200D])[\\p{Cc}\\u2028\\u2029\\uFFF9-\\uFFFB' + withoutInk + ']';
const kept = new RegExp(`(${flag}|${selector})|${control}`, 'gu');

/** Joins letters of Persian or people of a family; anywhere else it hides. */
const strayJoiner = new RegExp(
  `[\\u200C\\u200D](?!(?![${withoutInk}])[\\p{L}\\p{M}\\p{S}])|(?<!(?:(?![${withoutInk}])[\\p{L}\\p{M}\\p{S}]|[\\uFE0E\\uFE0F\\u{E007F}]))[\\u200C\\u200D]`,
  'gu',
);

/**
 * The visible part of a text: keeps line breaks, turns tabs into blanks, and removes control and direction characters, characters without
 * width or ink and half surrogate pairs. All user text passes through it, so that nobody reads something other than what is stored.
 */
export const visibleText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(kept, (_, keep: string | undefined) => keep ?? '')
    .replace(strayJoiner, '')
    .replaceAll('\t', ' ')
    .toWellFormed();

const characters = new Intl.Segmenter('en');
const visible = new RegExp(letter, 'u');

/** The number of characters that a reader sees; several blanks count as one, those around the text as none. */
export const visibleLength = (text: string): number => {
  const seen = visibleText(text).replace(/\s+/g, ' ').trim();
  return [...characters.segment(seen)].filter(({ segment }) => segment === ' ' || visible.test(segment)).length;
};

/** The beginning of a text in so many UTF-16 units, as Azure and Teams count. Never cuts through a visible character. */
export const beginningOf = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, characters.segment(text).containing(longest)?.index ?? 0);

/** Shortens text to so many characters that a reader sees, and then ends it with “…”. */
export const fewCharacters = (text: string, most: number): string => {
  const seen = [...characters.segment(text)];
  return seen.length <= most ? text : `${text.slice(0, seen[most]?.index)}…`;
};

/** Shortens text to so many UTF-16 units and ends it with “…”. Never cuts through a visible character. */
export const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${beginningOf(text, longest - 1).trimEnd()}…`;
