/** A typed line taken apart: bare words in order, and `key:value` filters. Quotes keep words together. */
export type ParsedLine = {
  readonly words: readonly string[];
  readonly filters: Readonly<Record<string, string>>;
};

const token = /(?:([a-z]+):)?(?:"([^"]*)"|“([^”]*)”|(\S+))/gi;
const filterKeys = new Set(['severity', 'sub', 'type']);

export const parseLine = (line: string): ParsedLine => {
  const words: string[] = [];
  const filters: Record<string, string> = {};
  for (const [whole, key, plain, curly, bare] of line.matchAll(token)) {
    const value = plain ?? curly ?? bare ?? '';
    if (key !== undefined && filterKeys.has(key.toLowerCase())) filters[key.toLowerCase()] = value;
    else words.push(key === undefined ? value : whole);
  }
  return { words, filters };
};
