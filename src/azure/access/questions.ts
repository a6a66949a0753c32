import { GovernanceError } from '../../core/governance-error.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

/** What is asked, by the end of the path. */
const names: readonly (readonly [RegExp, string])[] = [
  [/\/roleAssignments$/i, 'role assignments'],
  [/\/roleDefinitions\/[^/]+$/i, 'role definitions'],
  [/\/denyAssignments$/i, 'deny assignments'],
  [/\/(getMemberGroups|transitiveMemberOf)$/i, 'the groups of the person'],
];

export type Questions = {
  /** The same service; what is asked of it is noted until it is answered. */
  readonly noted: (rest: Rest) => Rest;
  readonly unanswered: () => readonly string[];
};

const noteQuestions = (): Questions => {
  const open = new Map<object, string>();
  const note = async <Answer>(path: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const question = {};
    const name = names.find(([end]) => end.test(path))?.[1];
    if (name !== undefined) open.set(question, name);
    try {
      const answer = await ask();
      open.delete(question);
      return answer;
    } catch (error) {
      // A refusal is an answer.
      if (error instanceof GovernanceError && error.code !== 'unavailable') open.delete(question);
      throw error;
    }
  };
  return {
    noted: (rest) => ({
      ...rest,
      call: (call) => note(call.path, () => rest.call(call)),
      list: (call) => note(call.path, () => rest.list(call)),
    }),
    unanswered: () => [...new Set(open.values())],
  };
};

const unspecific = 'Azure did not answer; nothing was changed. Please try again.';

/**
 * Runs work that somebody who decides waits for, within a time limit. If Azure does not answer, the error says which question was open; what Azure
 * said otherwise (slow down, the sign-in) stays as it is.
 */
export const askWithin = async <Result>(
  milliseconds: number,
  work: (signal: AbortSignal, noted: Questions['noted']) => Promise<Result>,
): Promise<Result> => {
  const { noted, unanswered } = noteQuestions();
  let late: readonly string[] | undefined;
  try {
    return await withTimeLimit(milliseconds, (signal) => {
      signal.addEventListener('abort', () => (late = unanswered()), { once: true });
      return work(signal, noted);
    });
  } catch (error) {
    const open = late ?? unanswered();
    if (!(error instanceof GovernanceError) || error.message !== unspecific || open.length === 0) throw error;
    const limit = late === undefined ? '' : ` within ${milliseconds / 1000} s`;
    throw new GovernanceError(
      'unavailable',
      `Azure did not answer the question for ${open.join(' and ')}${limit}; nothing was changed. Please try again.`,
      { cause: error },
    );
  }
};
