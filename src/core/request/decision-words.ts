import { limitAtStart } from '../typed/day-meant.ts';
import { GovernanceError, isRefusal } from '../governance-error.ts';
import { outsideQuotes, withoutQuotes } from '../typed/quotes.ts';
import { readDay, type DayContext } from '../typed/read-day.ts';
import { lengthAtStart } from '../typed/read-length.ts';
import { referencesIn } from './typed-reference.ts';

/** What is typed after the reference of a request that somebody decides. */
export type DecisionWords = {
  /** The comment or the reason, without the quotes around it. */
  readonly words: string;
  /** The last day to approve, as `2026-12-31`; undefined: as requested. */
  readonly lastDay: string | undefined;
};

const invalid = (sentence: string): GovernanceError => new GovernanceError('invalid', sentence);

const asComment = 'If it is only a comment, put it in quotes.';

/** Throws a question if another request is named: it is neither decided silently nor taken for a comment. */
export const refuseSecondReference = (reference: string, rest: string): void => {
  const [other] = referencesIn(outsideQuotes(rest));
  if (other === undefined) return;
  throw invalid(
    `Nothing was decided, because you named ${reference} and ${other}. Name one request in each message. To mention the other one in a comment, put the comment in quotes.`,
  );
};

const openings =
  /^(?:only(?=\s+\S)|(?:except|without|not|unless|if|when|once|provided|but|after|before|from|starting|as (?:of|from)|until|till?|for)\b)/i;
const bounds = /\b(?:until|till|for|max(?:imum)?|at most|no longer than|not longer than)\s+/gi;
const prepositions = /^(?:(?:on|in|at|by|from|until|till?|after|before|starting|as of)\s+)+/i;

/** The part of a comment that could limit or put off what it is about. */
const limitIn = (comment: string, context: DayContext): string | undefined => {
  const text = outsideQuotes(comment).trim();
  const opening = openings.exec(text);
  if (opening !== null || startsWithDay(text, context)) return comment;
  for (const { 0: said, index } of text.matchAll(bounds)) {
    const after = text.slice(index + said.length);
    if (/^(?:until|till)/i.test(said) || lengthAtStart(after) !== undefined) return text.slice(index);
  }
  return undefined;
};

/** “tomorrow”, “on Friday”, “from 1 Dec”; without a preposition only what is surely a date. */
const startsWithDay = (text: string, context: DayContext): boolean => {
  const read = readDay(text.replace(prepositions, ''), context);
  return read.kind === 'day' || (read.kind === 'unclear' && prepositions.test(text));
};

const undecided = (error: unknown): unknown =>
  isRefusal(error, 'invalid') ? invalid(`Nothing was decided. ${error.message} ${asComment}`) : error;

/**
 * Reads “until 31 Dec fine by me”: less time if the date stands first, then a comment. Throws GovernanceError invalid with a question if the
 * comment could be meant to limit the approval, because it would be approved in full.
 */
export const approvalWords = (rest: string, context: DayContext): DecisionWords => {
  const text = rest.trim();
  try {
    const limit = limitAtStart(text, context);
    const comment = limit?.rest ?? text;
    const unclear = limitIn(comment, context);
    if (unclear !== undefined)
      throw invalid(
        `It is not clear whether “${unclear}” limits the approval. To approve for less time, put the date directly after the reference, for example: until 2026-12-31.`,
      );
    return { words: withoutQuotes(comment), lastDay: limit?.day };
  } catch (error) {
    throw undecided(error);
  }
};

const conditions = /^(?:if|unless|when|once|after|before|until|till?|starting|as (?:of|from))\b/i;

/**
 * The reason of a rejection, revocation or withdrawal, which takes effect at once: throws GovernanceError invalid with a question if it begins
 * with a date or a condition.
 */
export const reasonWords = (rest: string, context: DayContext): DecisionWords => {
  const text = rest.trim();
  const open = outsideQuotes(text);
  if (conditions.test(open) || startsWithDay(open, context))
    throw invalid(
      `Nothing was decided. “${text}” begins with a date or a condition, but this takes effect at once. ${asComment}`,
    );
  return { words: withoutQuotes(text), lastDay: undefined };
};
