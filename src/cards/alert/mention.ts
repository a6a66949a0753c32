import type { Card } from '../render-card.ts';

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
    type: 'mention',
    text: tag,
    mentioned: { id: objectId, name: word },
  }));
  return {
    ...card,
    content: { ...card.content, body: [...(card.content.body as readonly object[]), line], msteams: { entities } },
  };
};
