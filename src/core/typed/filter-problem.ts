import { nearest } from '../nearest.ts';
import { typedWords } from './typed-words.ts';

/** Every word that narrows a list in some command: `severity:high`, `sub:shop-prod`. */
export const filterKeys = [
  ...(['severity', 'sub', 'type', 'rg', 'tag', 'owner', 'control', 'resource', 'ends', 'sort'] as const),
  'assignment',
] as const;
export type FilterKey = (typeof filterKeys)[number];

const isKey = (text: string): text is FilterKey => filterKeys.some((each) => each === text);

/** `sevrity:high`, `severity:` and `severity=high`, but no time of day and no address in quotes. */
const keyLike = /^([a-z]+)(?::(.*)|=(.*))$/i;

const inWords = (words: readonly string[]): string =>
  words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const listed = (keys: readonly FilterKey[]): string =>
  keys.length === 0 ? 'This command takes no filters.' : `Filters here are ${inWords(keys.map((key) => `${key}:`))}.`;

/**
 * A question for the first filter of a line that the command does not know, with the nearest name, because as a search text it would find
 * nothing and look like all-clear; undefined if there is none. Words in quotes are text.
 */
export const filterProblem = (line: string, known: readonly FilterKey[]): string | undefined => {
  const used = new Set<string>();
  for (const { key, quoted, text, whole } of typedWords(line)) {
    if (quoted && key === undefined) continue;
    const [, named = '', value = '', equals] = keyLike.exec(whole) ?? [];
    const name = named.toLowerCase();
    const near = nearest(name, known);
    if (name === '' || (equals !== undefined && near === undefined)) continue;
    const isKnown = known.some((each) => each === name);
    if (isKnown && equals === undefined && value !== '' && !used.has(name)) {
      used.add(name);
      continue;
    }
    if (isKnown && used.has(name)) return `${name}: stands there twice. Name it once.`;
    const inQuotes = `If it is text to search for, put it in quotes: "${whole}"`;
    if (isKnown || near !== undefined)
      return `There is no filter “${whole}”. Did you mean ${near ?? name}:${equals ?? (text === whole ? '…' : text)}? ${inQuotes}`;
    const elsewhere = isKey(name) ? `${name}: does not work here.` : `There is no filter “${named}:”.`;
    return `${elsewhere} ${listed(known)} ${inQuotes}`;
  }
  return undefined;
};
