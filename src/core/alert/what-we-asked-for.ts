type Word = { readonly text: string; readonly quoted: boolean };

/** The words for the exemptions of requests that were sent from the channel or group chat itself. */
export const whatWeAskedFor = 'what we asked for';

const phrase = whatWeAskedFor.split(' ');

/** Takes these words out of a line, wherever they stand; in quotes they are a name. */
export const withoutOurs = <Each extends Word>(words: readonly Each[]): { ours: boolean; rest: readonly Each[] } => {
  const at = words.findIndex((_, from) =>
    phrase.every((word, index) => {
      const said = words[from + index];
      return said?.quoted === false && said.text.toLowerCase() === word;
    }),
  );
  return at < 0 ? { ours: false, rest: words } : { ours: true, rest: words.toSpliced(at, phrase.length) };
};
