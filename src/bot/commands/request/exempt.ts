import { action } from '../../../cards/card-action.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { shortened } from '../../../core/visible-text.ts';
import { daysFrom } from '../../../core/typed/day-meant.ts';
import { readExemptWords } from '../../../core/request/exempt-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { startDraftByWords, type DraftByWords } from '../../../workflow/ask/start-draft-by-words.ts';
import { openedForm } from '../../actions/request/request-form.ts';
import type { Command } from '../../command.ts';
import { answeredPrivately, type Outcome } from '../../outcome.ts';

const usage = 'exempt <resource> from <recommendation> [for 30 days|until 31 Dec] [as waiver] [because …]';

const shown = 5;
/** What a button may say. */
const longestLine = 2000;

/** The question with a button for each thing that the words can mean. */
const asked = ({ question, candidates }: Extract<DraftByWords, { kind: 'unclear' }>): Outcome => {
  const offered = candidates.filter(({ line }) => line.length <= longestLine).slice(0, shown);
  const others = candidates.length - offered.length;
  const card = messageCard({
    title: 'Which one do you mean?',
    text:
      others === 0
        ? question
        : `${question} Write more of the name to find the other ${others.toLocaleString('en')}, which have no button here.`,
    buttons: offered.map(({ title, line }) => action(shortened(title, 120), { verb: 'say', command: line })),
  });
  return { kind: 'private', outcome: { kind: 'card', card }, pointer: answeredPrivately };
};

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
    const started = await startDraftByWords(desk, turn.person, words);
    return started.kind === 'open' ? openedForm(desk, started.open, words.lastDay) : asked(started);
  },
};
