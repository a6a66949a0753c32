import { messageCard } from '../../../cards/message-card.ts';
import { orderCleanup } from '../../../workflow/inventory/order-cleanup.ts';
import { button } from '../../button.ts';

export const cleanUpButton = button('clean-up', {
  changes: true,
  run: async (desk, turn, { plan }) => {
    const { items } = await orderCleanup(desk, turn.person, plan);
    const text = `${items.length} exemptions are looked at once more and then deleted. You hear the result here.`;
    return { kind: 'replace', card: messageCard({ title: 'Cleaning up', text, buttons: [] }) };
  },
});
