import { showStatusButton } from '../../actions/operate/show-status.ts';
import type { Command } from '../../command.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: 'status',
  description:
    'Show whether Exemption Desk works: whether Azure answers, what is waiting, what could not be delivered and why',
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: (desk, turn) => showStatusButton.run(desk, turn, {}),
};
