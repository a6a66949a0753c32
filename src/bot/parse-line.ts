import { filterKeys } from '../core/typed/filter-problem.ts';
import { typedWords } from '../core/typed/typed-words.ts';

/** A typed line in parts: bare words in order, and `key:value` filters. Quotes keep words together. */
export type ParsedLine = {
  readonly words: readonly string[];
  readonly filters: Readonly<Record<string, string>>;
};

const keys = new Set<string>(filterKeys);

export const parseLine = (line: string): ParsedLine => {
  const words: string[] = [];
  const filters: Record<string, string> = {};
  for (const { key, text, whole } of typedWords(line)) {
    if (key !== undefined && keys.has(key.toLowerCase())) filters[key.toLowerCase()] = text;
    else words.push(key === undefined ? text : whole);
  }
  return { words, filters };
};
