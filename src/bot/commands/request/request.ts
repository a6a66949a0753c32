import { showRequestButton } from '../../actions/request/show-request.ts';
import type { Command } from '../../command.ts';
import { referenceAndRest } from '../reference-and-rest.ts';

const usage = 'request EX-12AB';

export const requestCommand: Command = {
  name: 'request',
  usage,
  description: 'Show one request and its history',
  menus: ['personal'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, { rest }) =>
    showRequestButton.run(desk, turn, { reference: referenceAndRest(usage, rest).reference }),
};
