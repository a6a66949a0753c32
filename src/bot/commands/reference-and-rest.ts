import { GovernanceError } from '../../core/governance-error.ts';
import { normalReference, referencePattern } from '../../core/request/request.ts';

/** The reference at the beginning of the words, and the rest. */
export const referenceAndRest = (usage: string, words: string): { reference: string; rest: string } => {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  const reference = normalReference(first);
  if (!referencePattern.test(reference)) throw new GovernanceError('invalid', `Name the request, like this: ${usage}`);
  return { reference, rest: rest.join(' ') };
};
