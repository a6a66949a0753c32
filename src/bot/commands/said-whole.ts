import { longestScope } from '../../cards/actions.ts';
import { GovernanceError } from '../../core/governance-error.ts';

/**
 * Words that narrow a list, as typed. Throws GovernanceError invalid if the buttons of the list could not carry them whole: cut off, they would mean
 * something else on its next page. `what` names them in the sentence, such as “What follows sub:”.
 */
export const saidWhole = (what: string, words: string, most: number): string => {
  if (words.length > most) throw new GovernanceError('invalid', `${what} may have ${most} characters.`);
  return words;
};

/** The name of a scope as typed. Throws GovernanceError invalid if buttons could not carry it whole. */
export const scopeSaid = (words: string): string => saidWhole('What follows sub:', words, longestScope);
