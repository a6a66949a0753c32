import { changeTerms } from '../../../workflow/ask/change-terms.ts';
import { openedForm } from '../../actions/request/request-form.ts';
import type { Command } from '../../command.ts';
import { referenceAndRest } from '../reference-and-rest.ts';

const usage = 'change EX-12AB';

export const changeCommand: Command = {
  name: 'change',
  usage,
  description: 'Change your own request while it waits. Approvals already given no longer count',
  menus: [],
  changes: true,
  guests: 'asks',
  run: async (desk, turn, { rest }) => {
    const { reference } = referenceAndRest(usage, rest);
    return openedForm(desk, turn, await changeTerms(desk, turn.person, reference, undefined, turn.conversation.id));
  },
};
