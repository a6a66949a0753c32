/**
 * Returns for equal texts the same one, so that a text which is read a hundred thousand times takes memory once. Once it knows `most` texts it
 * begins anew: then an equal text may be another one, which costs memory and nothing else.
 */
export const interned = (most: number): ((text: string) => string) => {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first !== undefined) return first;
    if (known.size >= most) known.clear();
    known.set(text, text);
    return text;
  };
};
