import { statusCard } from '../../../cards/report/status-card.ts';
import { showStatus } from '../../../workflow/operate/show-status.ts';
import { button } from '../../button.ts';
import { answeredPrivately } from '../../outcome.ts';

/** The card names chats and channels, so it goes to the asker's personal chat; the channel only sees a pointer. */
export const showStatusButton = button('show-status', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: async (desk, turn) => {
    const card = statusCard(await showStatus(desk, turn.person), turn.asker.readerTime ?? desk.timeZone);
    return turn.inChannel
      ? { kind: 'private', outcome: { kind: 'card', card }, pointer: answeredPrivately }
      : { kind: 'replace', card };
  },
});
