import { longestScope } from '../../cards/actions.ts';
import { GovernanceError } from '../../core/governance-error.ts';

/** The name of a scope as typed. Throws GovernanceError invalid if buttons could not carry it whole. */
export const scopeSaid = (words: string): string => {
  if (words.length > longestScope)
    throw new GovernanceError('invalid', `What follows sub: may have ${longestScope} characters.`);
  return words;
};
