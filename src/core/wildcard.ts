/** Whether a pattern matches a whole text, ignoring case; `*` stands for any characters, or none. */
export const matchesWildcard = (pattern: string, text: string): boolean => {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'is').test(text);
};
