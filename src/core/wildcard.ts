/**
 * Whether a pattern matches a whole text, ignoring case; `*` stands for any characters, or none. Each piece between two `*` is taken where it
 * first occurs, so nothing is ever tried twice.
 */
export const matchesWildcard = (pattern: string, text: string): boolean => {
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const last = others.pop();
  const whole = text.toLowerCase();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first) || !whole.endsWith(last)) return false;
  let from = first.length;
  for (const piece of others) {
    const at = whole.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= whole.length - last.length;
};
