import { askAgain } from '../../../workflow/ask/ask-again.ts';
import { openedForm } from '../../actions/request/request-form.ts';
import type { Command } from '../../command.ts';
import { referenceAndRest } from '../reference-and-rest.ts';

const usage = 'again EX-12AB';

export const againCommand: Command = {
  name: 'again',
  usage,
  description: 'Ask again for what was rejected, withdrawn or has lapsed. The form opens filled in as before',
  menus: [],
  changes: true,
  guests: 'asks',
  run: async (desk, turn, { rest }) => {
    const { reference } = referenceAndRest(usage, rest);
    return openedForm(desk, turn, await askAgain(desk, turn.person, reference));
  },
};
