import { commandsCard } from '../../../cards/commands-card.ts';
import { helpCard } from '../../../cards/help-card.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { findPartPlayed } from '../../../workflow/rights/find-part-played.ts';
import type { Command } from '../../command.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

const forApprovers = new Set(['approve', 'reject']);
const forChannels = new Set(['subscribe', 'unsubscribe', 'subscriptions', 'approvals here']);

const groupOf = ({ name }: Command): string =>
  forApprovers.has(name)
    ? 'If you can create exemptions in Azure'
    : forChannels.has(name)
      ? 'In a channel or group chat'
      : 'Everyone';

const titles = ['Everyone', 'If you can create exemptions in Azure', 'In a channel or group chat'];

const everyCommand = (turn: Turn, commands: readonly Command[]): Outcome => ({
  kind: 'card',
  card: commandsCard({
    inChannel: turn.inChannel,
    groups: titles.map((title) => ({ title, commands: commands.filter((command) => groupOf(command) === title) })),
  }),
});

/** Help for whoever reads it: in a channel for everybody, because what somebody's roles allow is theirs alone. */
export const helpOutcome = async (desk: Desk, turn: Turn, note = ''): Promise<Outcome> => {
  if (turn.inChannel) return { kind: 'card', card: helpCard({ helped: 'everybody here', reads: '', note }) };
  const { part, reads } = await findPartPlayed(desk, turn.person);
  const helped = turn.guest !== undefined && reads !== '' ? 'guest' : part;
  return { kind: 'card', card: helpCard({ helped, reads, note }) };
};

export const helpCommand = (commands: () => readonly Command[]): Command => ({
  name: 'help',
  usage: 'help [all]',
  description: 'Show what you can do here, or every command',
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest }) =>
    /^all\b/i.test(rest) ? everyCommand(turn, commands()) : helpOutcome(desk, turn),
});
