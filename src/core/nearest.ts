/** The number of single letters to change to turn one word into the other (Levenshtein distance). */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const current = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      current.push(
        Math.min((current[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, (previous[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/** Nearly every short word is near to so short a one. */
const shortest = 3;

/** The name nearest to a word, if one is near enough to have been meant. */
export const nearest = (word: string, names: readonly string[]): string | undefined => {
  if (word.length < shortest) return undefined;
  const [best] = names.map((name) => ({ name, off: distance(word.toLowerCase(), name) })).sort((a, b) => a.off - b.off);
  return best !== undefined && best.off <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
};
