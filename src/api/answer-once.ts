import type { KeyedCall } from '../core/chat/kept-answers.ts';
import type { Desk } from '../workflow/desk.ts';
import type { ApiAnswer } from './api-call.ts';
import type { Caller } from './caller.ts';
import { problemOf, Refused } from './problem.ts';

type Change = {
  readonly caller: Caller;
  readonly key: string | undefined;
  /** All that was sent. */
  readonly what: unknown;
};

const longestKey = 200;

/** The key, which the standard writes as a string in quotes and many programs write bare. */
const keyIn = (given: string | undefined): string => {
  const key = (given ?? '').replace(/^"(.*)"$/, '$1');
  if (key === '' || key.length > longestKey || !/^[\x21-\x7e]+$/.test(key))
    throw new Refused(
      problemOf(
        'invalid',
        `A change needs the header Idempotency-Key: a text of your own for this one change, at most ${longestKey} visible ASCII characters.`,
      ),
    );
  return key;
};

/**
 * Answers one change once: the same call under the same key gets the first answer again. What failed without an answer may be tried again under the same
 * key. Throws Refused without a key, for a key of another call, and while the first call is being answered.
 */
export const answerOnce = async (
  desk: Pick<Desk, 'database' | 'hash' | 'now'>,
  { caller, key, what }: Change,
  work: () => Promise<ApiAnswer>,
): Promise<ApiAnswer> => {
  const call: KeyedCall = {
    callerId: caller.person.objectId.toLowerCase(),
    application: caller.appId,
    key: keyIn(key),
    digest: desk.hash(JSON.stringify(what)),
  };
  const { keptAnswers } = desk.database;
  const at = desk.now();
  const known = await keptAnswers.begin(call, at);
  if (known.kind === 'in-flight')
    throw new Refused(problemOf('in-flight', 'A call with this Idempotency-Key is still being answered.'), 1);
  if (known.kind === 'other')
    throw new Refused(problemOf('other-call', 'This Idempotency-Key was sent with something else. Take a new one.'));
  if (known.kind === 'answered')
    return { ...known.answer, headers: { ...known.answer.headers, 'idempotency-replayed': 'true' } };
  let answer: ApiAnswer;
  try {
    answer = await work();
  } catch (error) {
    await keptAnswers.drop(call, at).catch(() => undefined);
    throw error;
  }
  await keptAnswers.end(call, at, answer);
  return answer;
};
