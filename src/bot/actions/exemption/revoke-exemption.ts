import { counted } from '../../../core/first-few.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { revokeOutside } from '../../../workflow/inventory/revoke-outside.ts';
import { button } from '../../button.ts';

/** For what was made outside; `revoke-request` is for what belongs to a request. */
export const revokeExemptionButton = button('revoke-exemption', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { id, seen, why }) => {
    const { clickedCardId: activityId, conversation } = turn;
    const card = activityId === undefined ? undefined : { conversationId: conversation.id, activityId };
    const { items } = await revokeOutside(desk, turn.person, { id, seen, words: why }, card);
    const text = `${turn.person.name} revoked what was created outside Exemption Desk. ${counted(items.length, 'exemption')} will be read again and then deleted. The result is sent to the personal chat.`;
    return { kind: 'replace', card: messageCard({ title: 'Revocation started', text, buttons: [] }) };
  },
});
