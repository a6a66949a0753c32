import { daysFrom } from '../../../core/typed/day-meant.ts';
import { readExemptWords } from '../../../core/request/exempt-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { startDraftByWords, type DraftByWords } from '../../../workflow/ask/start-draft-by-words.ts';
import { openedForm } from '../../actions/request/request-form.ts';
import type { Command } from '../../command.ts';
import type { Outcome } from '../../outcome.ts';
import { askWhich, candidateButton, candidatesShown, titlesToldApart } from '../ask-which.ts';

const usage = 'exempt <resource or scope> from <recommendation> [for 30 days|until 31 Dec] [as waiver] [because …]';

/** What a button may say. */
const longestLine = 2000;

/** The question with a button for each thing that the words can mean. */
const asked = ({ question, candidates, isCut = false }: Extract<DraftByWords, { kind: 'unclear' }>): Outcome => {
  const offered = candidates.filter(({ line }) => line.length <= longestLine).slice(0, candidatesShown);
  const others = candidates.length - offered.length;
  const { titles, key } = titlesToldApart(offered.map(({ title }) => title));
  return askWhich(
    others === 0
      ? `${question}${key}`
      : `${question}${key} Write more of the name to find the other ${others.toLocaleString('en')}${isCut ? ' or more' : ''}, which have no button here.`,
    offered.map(({ line }, index) => candidateButton(titles[index] ?? '', { verb: 'say', command: line })),
  );
};

export const exemptCommand: Command = {
  name: 'exempt',
  usage,
  description: 'Open the request form, filled in with what you typed. Nothing is sent yet',
  menus: ['personal'],
  changes: true,
  guests: 'asks',
  run: async (desk, turn, { rest }) => {
    const words = readExemptWords(rest, daysFrom(desk.now(), desk.timeZone));
    if (words === undefined)
      throw new GovernanceError('invalid', `Name the resource and the recommendation, like this: ${usage}`);
    const started = await startDraftByWords(desk, turn.person, words);
    return started.kind === 'open' ? openedForm(desk, turn, started.open, { lastDay: words.lastDay }) : asked(started);
  },
};
