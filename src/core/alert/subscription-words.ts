import { kindWords } from './alert-kinds.ts';
import { filterProblem } from '../typed/filter-problem.ts';
import { GovernanceError } from '../governance-error.ts';
import { readTimeZone, zoneQuestion } from '../typed/time-zone.ts';
import { typedWords } from '../typed/typed-words.ts';
import { isSeverity, type Severity } from '../tenant/severity.ts';
import { tagWanted } from '../tenant/tag-filter.ts';
import { everyAlert, type AlertFilter, type QuietHours } from './subscription.ts';
import { withoutOurs } from './what-we-asked-for.ts';

/** The parts of the line after "subscribe". */
export type SubscriptionWish = {
  /** The words that name each scope, in order; none if none is named. */
  readonly scopes: readonly (readonly string[])[];
  /** The title or key that stands behind `recommendation:`. */
  readonly recommendation?: string | undefined;
  /** The tag that the scopes carry, `env=prod`. */
  readonly tag?: string | undefined;
  readonly filter: AlertFilter;
  readonly alerts: boolean;
  /** Whether requests to decide come to this channel too. */
  readonly requests: boolean;
};

type Token = {
  readonly text: string;
  readonly quoted: boolean;
  /** The key before it. */
  readonly key?: 'recommendation' | 'tag';
  /** A comma follows, so that a name ends here. */
  readonly isLast: boolean;
};

const hoursPattern = /^(\d{1,2}):(\d{2})[-–](\d{1,2}):(\d{2})$/;
/** Every word with a meaning of its own. */
export const optionWords: readonly string[] = [
  ...kindWords.keys(),
  'requests',
  'digest',
  'daily',
  'weekly',
  'quiet',
  'zone',
];

const invalid = (sentence: string): GovernanceError => new GovernanceError('invalid', sentence);

/** The tag as it was typed, without a comma that ends the name. */
const tagIn = (said: string): string => {
  const tag = said.replace(/,$/, '').trim();
  if (tagWanted(tag) === undefined) throw invalid('Name the tag and its value, like this: tag:env=prod');
  return tag;
};

/** The only text with a key. Throws GovernanceError invalid. */
const onlyWith = (tokens: readonly Token[], wanted: Token['key'], example: string): string | undefined => {
  const [only, ...more] = tokens.filter(({ key }) => key === wanted);
  if (more.length > 0 || only?.text === '') throw invalid(`Write one ${wanted}, like this: ${example}`);
  return only?.text;
};

/** The values behind a key, once each. */
const keyedIn = (tokens: readonly Token[]): Pick<SubscriptionWish, 'recommendation' | 'tag'> => {
  const recommendation = onlyWith(tokens, 'recommendation', 'recommendation:"its title"');
  const tag = onlyWith(tokens, 'tag', 'tag:env=prod');
  return { ...(recommendation === undefined ? {} : { recommendation }), ...(tag === undefined ? {} : { tag }) };
};

/** Outside quotes a comma ends a name. One that follows quotes is a word of its own without a text. */
const tokensOf = (text: string): Token[] =>
  typedWords(text.replace(/(\d:\d{2})\s*[-–]\s*(?=\d{1,2}:\d{2})/g, '$1-')).flatMap(
    ({ key, text: said, quoted, whole }): Token[] => {
      if (quoted && key === undefined) return [{ text: said, quoted: true, isLast: false }];
      const named = key?.toLowerCase();
      if (named === 'recommendation') return [{ text: said, quoted: true, key: named, isLast: true }];
      if (named === 'tag') return [{ text: tagIn(said), quoted: true, key: named, isLast: true }];
      const parts = whole.split(',');
      return parts.map((text, index) => ({ text, quoted: false, isLast: index < parts.length - 1 }));
    },
  );

const minuteOf = (hours: string | undefined, minutes: string | undefined): number => {
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (hour > 23 || minute > 59)
    throw invalid(`${hours}:${minutes} is not a time. Write the quiet hours like this: quiet 20:00-07:00`);
  return hour * 60 + minute;
};

const quietIn = (text: string): QuietHours | undefined => {
  const match = hoursPattern.exec(text);
  if (match === null) return undefined;
  const quiet = { from: minuteOf(match[1], match[2]), to: minuteOf(match[3], match[4]) };
  if (quiet.from === quiet.to)
    throw invalid('Quiet hours that end when they begin would last all day. For no alerts at all, send: unsubscribe');
  return quiet;
};

const zoneIn = (text: string): string => {
  const read = readTimeZone(text);
  if ('zone' in read) return read.zone;
  throw invalid(
    `There is no time zone “${text}”. ${zoneQuestion(read.near) ?? 'Write it like this: zone Europe/Berlin'}`,
  );
};

const severityIn = (text: string): Severity => {
  const word = text.toLowerCase();
  if (isSeverity(word)) return word;
  throw invalid(
    'Write severity:critical, severity:high, severity:medium (medium and worse) or severity:low (all of them).',
  );
};

/** The meaning of some words, and their number. */
type Meaning = {
  readonly words: number;
  readonly filter?: Partial<AlertFilter>;
  readonly requests?: true;
  readonly asksForDigest?: true;
};

/** The meaning of a word together with the next one; undefined for a word that can only belong to a name. */
const meaningOf = (token: Token, following: string): Meaning | undefined => {
  if (token.quoted) return undefined;
  const word = token.text.toLowerCase();
  const kinds = kindWords.get(word);
  const quiet = quietIn(word);
  if (kinds !== undefined) return { words: 1, filter: { kinds } };
  if (quiet !== undefined) return { words: 1, filter: { quiet } };
  if (word === 'daily' || word === 'weekly') return { words: 1, filter: { digest: word } };
  if (/^severity(:|$)/.test(word)) return { words: 1, filter: { severity: severityIn(word.slice(9)) } };
  if (word === 'zone') return { words: 2, filter: { timeZone: zoneIn(following) } };
  if (word === 'requests') return { words: 1, requests: true };
  if (word === 'digest') return { words: 1, asksForDigest: true };
  if (word !== 'quiet') {
    const problem = filterProblem(token.text, ['severity']);
    if (problem !== undefined) throw invalid(problem);
    return undefined;
  }
  if (quietIn(following) === undefined) throw invalid('Write the quiet hours like this: quiet 20:00-07:00');
  return { words: 1 };
};

/** Drops "to" and "for", as in "subscribe to contoso". */
const withoutFiller = (words: readonly string[]): readonly string[] =>
  words.length > 1 && ['to', 'for', 'in'].includes(words[0]?.toLowerCase() ?? '') ? words.slice(1) : words;

/** The words of each name, with commas between them. */
const namesOf = (tokens: readonly Token[]): SubscriptionWish['scopes'] => {
  const names: string[][] = [[]];
  for (const { text: word, isLast } of tokens) {
    if (word !== '') names.at(-1)?.push(word);
    if (isLast) names.push([]);
  }
  return names.map(withoutFiller).filter((words) => words.length > 0);
};

/** Why nobody decides what was asked for in a place because it was asked for there. */
const noRequestsOfOurs =
  'Requests go where people decide about a scope, and not where they were asked for. Name the scope, like this: approvals here for contoso';

/** The words of each scope in a line without options, and the recommendation and the tag in it. Throws GovernanceError invalid. */
export const placesTyped = (text: string): Pick<SubscriptionWish, 'scopes' | 'recommendation' | 'tag'> => {
  const { ours, rest: tokens } = withoutOurs(tokensOf(text));
  if (ours) throw invalid(noRequestsOfOurs);
  return { scopes: namesOf(tokens.filter(({ key }) => key === undefined)), ...keyedIn(tokens) };
};

/** The words of each name in a line of names alone: of scopes, of recommendations with or without `recommendation:`, and of tags with `tag:`. */
export const namesTyped = (text: string): SubscriptionWish['scopes'] =>
  namesOf(tokensOf(text).map((token) => (token.key === 'tag' ? { ...token, text: `tag:${token.text}` } : token)));

/**
 * Reads the line after "subscribe", in any order. Words without a meaning of their own and quoted words name the scope. Throws
 * GovernanceError invalid.
 */
export const subscriptionWish = (text: string): SubscriptionWish => {
  const { ours, rest: tokens } = withoutOurs(tokensOf(text));
  const names: string[][] = [[]];
  const meanings: Meaning[] = [];
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index] ?? { text: '', quoted: true, isLast: false };
    const meaning = token.text === '' ? undefined : meaningOf(token, tokens[index + 1]?.text ?? '');
    if (meaning !== undefined) meanings.push(meaning);
    else if (token.key === undefined && token.text !== '') names.at(-1)?.push(token.text);
    index += meaning?.words ?? 1;
    if (tokens[index - 1]?.isLast === true) names.push([]);
  }
  const kinds = meanings.flatMap(({ filter }) => filter?.kinds ?? []);
  const filter = meanings.reduce((so, meaning) => ({ ...so, ...meaning.filter }), everyAlert);
  if (meanings.some((meaning) => meaning.asksForDigest === true) && filter.digest === undefined)
    throw invalid('Write digest daily or digest weekly.');
  const requests = meanings.some((meaning) => meaning.requests === true);
  if (ours && requests) throw invalid(noRequestsOfOurs);
  return {
    scopes: names.map(withoutFiller).filter((words) => words.length > 0),
    ...keyedIn(tokens),
    filter: { ...filter, kinds: kinds.length === 0 ? undefined : [...new Set(kinds)], ...(ours && { ours }) },
    alerts: !requests || meanings.some((meaning) => meaning.filter !== undefined),
    requests,
  };
};
