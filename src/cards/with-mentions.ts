import type { Card } from './render-card.ts';

/** By which Teams mentions somebody: the text that stands for them on the card, letter by letter, and who they are. */
export type MentionEntity = {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
};

/** A card with one more element at its end, in whose text the entities stand. */
export const withMentions = (card: Card, line: object, entities: readonly MentionEntity[]): Card => ({
  ...card,
  content: {
    ...card.content,
    body: [...(card.content.body as readonly object[]), line],
    ...(entities.length === 0 ? {} : { msteams: { entities } }),
  },
});
