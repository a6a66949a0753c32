import { homeCard } from '../../../cards/home-card.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { countHome } from '../../../workflow/home/count-home.ts';
import type { Command } from '../../command.ts';
import { answeredPrivately, type Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** The home card, always in the chat of the person alone. */
export const homeOutcome = async (desk: Desk, turn: Turn): Promise<Outcome> => {
  const home = { ...(await countHome(desk, turn.person)), readerTime: turn.asker.readerTime };
  const outcome = { kind: 'card', card: homeCard(home), standing: { home } } as const;
  return turn.inChannel ? { kind: 'private', outcome, pointer: answeredPrivately } : outcome;
};

export const homeCommand: Command = {
  name: 'home',
  usage: 'home',
  description:
    'Show what waits for you: requests to decide, your own, exemptions that end soon, and what is open on your resources',
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: homeOutcome,
};
