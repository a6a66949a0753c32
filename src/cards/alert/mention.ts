import type { Card } from '../render-card.ts';
import { withMentions } from '../with-mentions.ts';

/** Fixed words instead of names, which people could choose to mislead. Each is different, because Teams notifies only one person for equal texts. */
const words = ['the requester', 'an approver', 'another approver', 'a third approver'] as const;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Mentions people on a card, so that Teams notifies them. Takes Entra object ids: the requester first, then the approvers. */
export const mentioning = (card: Card, objectIds: readonly string[]): Card => {
  const known = words.flatMap((word, index) => {
    const objectId = objectIds[index] ?? '';
    return guid.test(objectId) ? [{ tag: `<at>${word}</at>`, word, objectId }] : [];
  });
  if (known.length === 0) return card;
  const line = { type: 'TextBlock', text: `For ${known.map(({ tag }) => tag).join(', ')}`, wrap: true };
  const entities = known.map(({ tag, word, objectId }) => ({
    type: 'mention' as const,
    text: tag,
    mentioned: { id: objectId, name: word },
  }));
  return withMentions(card, line, entities);
};
