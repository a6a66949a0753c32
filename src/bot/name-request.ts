import { readPress } from './answer-turn.ts';

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
