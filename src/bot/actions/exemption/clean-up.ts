import { counted } from '../../../core/first-few.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { orderCleanup } from '../../../workflow/inventory/order-cleanup.ts';
import { button } from '../../button.ts';

export const cleanUpButton = button('clean-up', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { plan }) => {
    const { clickedCardId: activityId, conversation } = turn;
    const card = activityId === undefined ? undefined : { conversationId: conversation.id, activityId };
    const { items } = await orderCleanup(desk, turn.person, plan, card);
    const text = `${counted(items.length, 'exemption')} will be checked again and then deleted. The result is sent to this chat.`;
    return { kind: 'replace', card: messageCard({ title: 'Clean-up started', text, buttons: [] }) };
  },
});
