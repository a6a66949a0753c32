import { statusCard } from '../../cards/report/status-card.ts';
import { counted } from '../../cards/wording.ts';
import type { Desk } from '../../workflow/desk.ts';
import { sendAgain } from '../../workflow/alert/send-again.ts';
import { showStatus } from '../../workflow/operate/show-status.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

/** What the names of places tell is for the asker alone, so in a channel only a pointer is seen. */
export const showStatusAction = async (desk: Desk, turn: Turn): Promise<Outcome> => {
  const card = statusCard(await showStatus(desk, turn.person), desk.timeZone);
  return turn.inChannel
    ? { kind: 'private', outcome: { kind: 'card', card }, pointer: 'I answered in our personal chat.' }
    : { kind: 'replace', card };
};

export const sendAgainAction = async (desk: Desk, turn: Turn): Promise<Outcome> => {
  const count = await sendAgain(desk, turn.person);
  return say(`${counted(count, 'alert')} will be sent again now. Say status to see what became of it.`);
};
