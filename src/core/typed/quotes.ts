// A name in quotes may have a word in quotes of its own: "the "old" one".
const pairs = '"(?:[^"]|(?<=\\s)"[^"\\s][^"]*"(?=[\\s"]))*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»';
const quotedParts = new RegExp(pairs, 'g');
const quotedWhole = new RegExp(`^(?:${pairs})$`);

/** The text with everything in quotes blanked out, so that each other character keeps its place. */
export const outsideQuotes = (text: string): string =>
  text.replace(quotedParts, (part) => '\u0001'.repeat(part.length));

/** The text without the quotes around all of it. */
export const withoutQuotes = (text: string): string => {
  const trimmed = text.trim();
  return quotedWhole.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
};
