import { helpCard } from '../../../cards/help-card.ts';
import type { Command } from '../../command.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

const forApprovers = new Set(['approve', 'reject']);
const forChannels = new Set(['subscribe', 'unsubscribe', 'subscriptions', 'approvals here']);

const groupOf = ({ name }: Command): string =>
  forApprovers.has(name)
    ? 'If you can create exemptions in Azure'
    : forChannels.has(name)
      ? 'In a channel'
      : 'Everyone';

const titles = ['Everyone', 'If you can create exemptions in Azure', 'In a channel'];

export const helpOutcome = (turn: Turn, commands: readonly Command[], note = ''): Outcome => ({
  kind: 'card',
  card: helpCard({
    inChannel: turn.inChannel,
    note,
    groups: titles.map((title) => ({ title, commands: commands.filter((command) => groupOf(command) === title) })),
  }),
});

export const helpCommand = (commands: () => readonly Command[]): Command => ({
  name: 'help',
  usage: 'help',
  description: 'Show what you can do here',
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: async (_desk, turn) => helpOutcome(turn, commands()),
});
