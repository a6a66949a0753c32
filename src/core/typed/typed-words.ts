/** A word of a typed line, or several that quotes keep together, perhaps with a key before it: `sub:"shop prod"`, `tag:env="pre prod"`. */
export type TypedWord = {
  readonly key: string | undefined;
  /** Without the key and the quotes. */
  readonly text: string;
  readonly quoted: boolean;
  /** As it was typed. */
  readonly whole: string;
};

// A name in quotes may have a word in quotes of its own: "the "old" one".
const pattern =
  /([a-z]+):([^\s"“:=]+=)(?:"([^"]*)"|“([^”]*)”)|(?:([a-z]+):)?(?:"((?:[^"]|(?<=\s)"[^"\s][^"]*"(?=[\s"]))*)"|“([^”]*)”|(\S+))/gi;

export const typedWords = (line: string): TypedWord[] =>
  [...line.matchAll(pattern)].map(([whole, keyOfTag, tag, plainValue, curlyValue, key, plain, curly, bare]) => {
    if (tag !== undefined)
      return { key: keyOfTag, text: `${tag}${plainValue ?? curlyValue ?? ''}`, quoted: true, whole };
    const quoted = plain ?? curly;
    return { key, text: quoted ?? bare ?? '', quoted: quoted !== undefined, whole };
  });
