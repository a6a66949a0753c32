import type { Colour } from './wording.ts';

/** Sentences of one colour that follow each other, which stand in one container of that colour, so that five warnings are one block and not five. */
export const byColour = <Sentence extends { readonly colour: Colour }>(
  sentences: readonly Sentence[],
): { readonly colour: Colour; readonly sentences: readonly Sentence[] }[] =>
  sentences.reduce<{ colour: Colour; sentences: Sentence[] }[]>((blocks, sentence) => {
    const last = blocks.at(-1);
    if (last?.colour === sentence.colour) last.sentences.push(sentence);
    else blocks.push({ colour: sentence.colour, sentences: [sentence] });
    return blocks;
  }, []);
