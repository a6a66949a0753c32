import { StoreUnavailable } from '../core/store-unavailable.ts';
import type { Desk } from '../workflow/desk.ts';
import { inPlaceOfRefusal, keepTyped } from './actions/decide/keep-typed.ts';
import { answerTurn, readPress } from './answer-turn.ts';
import { countingReferences } from './count-references.ts';
import type { FrontDoorLog } from './front-door.ts';
import { refused, sentenceFor, type Outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

export type Answering = { readonly desk: Desk; readonly log: FrontDoorLog };

/**
 * The sentence of a refusal with the reference that the pressed button carries, unless it names it already. Whoever presses several buttons may
 * hear the answers late and in another order.
 */
export const nameRequest = (submitted: unknown, sentence: string): string => {
  const data = readPress(submitted)?.data;
  const reference = data !== undefined && 'reference' in data ? data.reference : undefined;
  return typeof reference !== 'string' || reference === '' || sentence.includes(reference)
    ? sentence
    : `${reference}: ${sentence}`;
};

/** Answers a line or a press. */
export const answered = async ({ desk }: Answering, turn: Turn): Promise<Outcome> =>
  inPlaceOfRefusal(desk, turn, await countingReferences(desk, turn, () => answerTurn(desk, turn)));

/** What somebody gets for a line or a press, also where it is refused or fails. Throws StoreUnavailable, because a message is answered when the database is back. */
export const outcomeOf = async (options: Answering, turn: Turn): Promise<Outcome> => {
  try {
    return await answered(options, turn);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const sentence = sentenceFor(options, error);
    const kept = await keepTyped(options.desk, turn, error, sentence).catch(() => undefined);
    if (kept !== undefined) return kept;
    return refused(error, nameRequest(turn.submitted, sentence), turn);
  }
};
