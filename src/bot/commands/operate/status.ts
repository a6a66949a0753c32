import { showStatusButton } from '../../actions/operate/show-status.ts';
import type { Command } from '../../command.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: 'status',
  description: 'How the bot does: last look at Azure, what waits, what could not be delivered and why',
  menus: ['personal'],
  changes: false,
  run: (desk, turn) => showStatusButton.run(desk, turn, {}),
};
