import { isRefusal } from '../../../core/governance-error.ts';
import { answered, nameRequest, type Answering } from '../../outcome-of.ts';
import { refused, sentenceFor, type Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';
import { keepTyped } from '../decide/keep-typed.ts';
import { keepSubmitted } from './keep-submitted.ts';

/** What somebody gets for a press in a dialog, also where it is refused or fails. The answer takes the place of the form, so that what was filled in is kept, whatever went wrong. */
export const outcomeInDialog = async (options: Answering, turn: Turn): Promise<Outcome> => {
  try {
    return await answered(options, turn);
  } catch (error) {
    const sentence = nameRequest(turn.submitted, sentenceFor(options, error));
    const kept = isRefusal(error)
      ? await keepTyped(options.desk, turn, error, sentence).catch(() => undefined)
      : undefined;
    return kept ?? keepSubmitted(turn.submitted, error, sentence) ?? refused(error, sentence, turn);
  }
};
