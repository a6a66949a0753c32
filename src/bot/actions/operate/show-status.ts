import { statusCard } from '../../../cards/report/status-card.ts';
import { showStatus } from '../../../workflow/operate/show-status.ts';
import { button } from '../../button.ts';

/** What the names of places tell is for the asker alone, so in a channel only a pointer is seen. */
export const showStatusButton = button('show-status', {
  changes: false,
  run: async (desk, turn) => {
    const card = statusCard(await showStatus(desk, turn.person), desk.timeZone);
    return turn.inChannel
      ? { kind: 'private', outcome: { kind: 'card', card }, pointer: 'I answered in our personal chat.' }
      : { kind: 'replace', card };
  },
});
