/** What is known of a statement: true, false, or unknown where nobody can tell. */
export type Truth = boolean | 'unknown';

/** The three-valued logic of Kleene: what is unknown decides nothing unless the rest decides alone. */
export const negated = (truth: Truth): Truth => (truth === 'unknown' ? truth : !truth);

export const allTrue = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes('unknown') ? 'unknown' : true;

export const someTrue = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes('unknown') ? 'unknown' : false;
