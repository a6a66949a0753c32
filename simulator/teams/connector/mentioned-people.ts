import type { Chat, Directory } from '../directory.ts';
import { cardsIn, isJson, visibleTextOf, type Json, type MessageContent } from '../message.ts';

const listIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

const entitiesOf = (card: Json): Json[] => (isJson(card.msteams) ? listIn(card.msteams.entities) : []);

/** The text by which an entity stands in a message, and the id of whom it mentions. */
const mentionIn = ({ type, text, mentioned }: Json) =>
  type === 'mention' && typeof text === 'string' && isJson(mentioned) ? [{ text, id: String(mentioned.id) }] : [];

/**
 * The keys of the people whom a message notifies when it is posted: those in the conversation of whom an entity says that its text in the message means
 * them. Of entities with equal texts Teams follows only one. Text and entities belong to the same message or to the same card.
 */
export const mentionedPeople = (
  { text, entities, attachments }: MessageContent,
  chat: Chat,
  { memberWithId, presentIn }: Directory,
): string[] => {
  const parts = [
    { shown: text, entities },
    ...cardsIn(attachments).map((card) => ({ shown: visibleTextOf('', [card]), entities: entitiesOf(card) })),
  ];
  const ids = parts.flatMap(({ shown, entities: each }) => [
    ...new Map(
      each
        .flatMap(mentionIn)
        .filter((mention) => shown.includes(mention.text))
        .map((mention) => [mention.text, mention.id]),
    ).values(),
  ]);
  const present = presentIn(chat);
  return [...new Set(ids)].flatMap((id) => {
    const member = memberWithId(id);
    return member !== undefined && present.includes(member) ? [member.person.key] : [];
  });
};
