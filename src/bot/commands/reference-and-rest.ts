import { GovernanceError } from '../../core/governance-error.ts';
import { refuseSecondReference } from '../../core/request/decision-words.ts';
import { referenceAtStart } from '../../core/request/typed-reference.ts';

/** The one reference at the beginning of the words, and the rest. Throws a question if another request is named too. */
export const referenceAndRest = (usage: string, words: string): { reference: string; rest: string } => {
  const found = referenceAtStart(words);
  if (found === undefined) throw new GovernanceError('invalid', `Name the request, like this: ${usage}`);
  refuseSecondReference(found.reference, found.rest);
  return found;
};
