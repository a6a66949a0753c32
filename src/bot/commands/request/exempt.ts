import { daysFrom } from '../../../core/day-meant.ts';
import { readExemptWords } from '../../../core/request/exempt-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { startDraftByWords } from '../../../workflow/ask/start-draft-by-words.ts';
import { openedForm } from '../../actions/request/request-form.ts';
import type { Command } from '../../command.ts';

const usage = 'exempt <resource> from <recommendation> [for 30 days|until 31 Dec] [as waiver] [because …]';

export const exemptCommand: Command = {
  name: 'exempt',
  usage,
  description: 'Open the request form, filled in with what you typed. Nothing is sent yet',
  menus: ['personal'],
  changes: true,
  run: async (desk, turn, { rest }) => {
    const words = readExemptWords(rest, daysFrom(desk.now(), desk.timeZone));
    if (words === undefined)
      throw new GovernanceError('invalid', `Name the resource and the recommendation, like this: ${usage}`);
    return openedForm(desk, await startDraftByWords(desk, turn.person, words), words.lastDay);
  },
};
