import { formatInstant } from '../core/calendar.ts';
import { wrongReferences } from '../core/chat/reference-tries.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { NoRequestToSee } from '../core/request/kept-requests.ts';
import type { Desk } from '../workflow/desk.ts';
import type { Turn } from './turn.ts';

/** Wide on purpose: whatever a reader of references could take for one. */
const looksLikeReference = /\bex\P{L}{0,4}[0-9a-z]{4}/iu;

/** Whether a line names a request, or a press carries its reference. */
export const namesReference = ({ text, submitted }: Turn): boolean =>
  submitted === undefined
    ? looksLikeReference.test(text)
    : typeof submitted === 'object' && submitted !== null && 'reference' in submitted;

/**
 * Answers a turn that may name a request. Nobody finds out references by trying: wrong ones are counted for each person, and after too many
 * of them no reference is looked up for a while, not even a right one.
 */
export const countingReferences = async <Result>(
  { database, now, timeZone }: Pick<Desk, 'database' | 'now' | 'timeZone'>,
  turn: Turn,
  answer: () => Promise<Result>,
): Promise<Result> => {
  if (!namesReference(turn)) return answer();
  const { objectId } = turn.person;
  const until = await database.referenceTries.blockedUntil(objectId, now());
  if (until !== undefined)
    throw new GovernanceError(
      'conflict',
      `You named ${wrongReferences.burst} references or more that do not exist or that you may not see. You can go on at ${formatInstant(until, turn.asker.readerTime ?? timeZone)}. To list your requests, send: requests`,
    );
  try {
    return await answer();
  } catch (error) {
    if (error instanceof NoRequestToSee) await database.referenceTries.countWrong(objectId, now());
    throw error;
  }
};
