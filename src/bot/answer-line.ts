import { filterProblem } from '../core/typed/filter-problem.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { WhichQuestion } from '../core/tenant/which-question.ts';
import type { Desk } from '../workflow/desk.ts';
import { refuseWhileReadOnly } from '../workflow/heed-read-only.ts';
import { shortened } from '../core/visible-text.ts';
import { referenceAtStart, referencesIn } from '../core/request/typed-reference.ts';
import { askAboutLine } from './commands/ask-which.ts';
import type { Command } from './command.ts';
import { homeOutcome } from './commands/operate/home.ts';
import { helpOutcome } from './commands/operate/help.ts';
import { findCommand } from './find-command.ts';
import { say, type Outcome } from './outcome.ts';
import { askWhichLink, meaningOfLinks, scopeOutcome } from './commands/portal-link.ts';
import { parseLine } from './parse-line.ts';
import { refuseToGuest } from '../core/access/guest-rights.ts';
import { smallTalkIn, type SmallTalk } from './commands/small-talk.ts';
import type { Turn } from './turn.ts';

const longestLine = 2000;

/** The line that was probably meant, with everything that was said in it; undefined for none. */
const proposal = (line: string, nearest: string | undefined, reference: string | undefined): string | undefined => {
  const rest = line.trim().split(/\s+/).slice(1).join(' ');
  if (reference !== undefined && (nearest === undefined || referenceAtStart(rest) === undefined))
    return `request ${reference}`;
  return nearest === undefined ? undefined : shortened(`${nearest} ${rest}`.trim(), 200);
};

/** Answers what people write to somebody they talk to. */
const converse = async (commands: readonly Command[], desk: Desk, turn: Turn, talk: SmallTalk): Promise<Outcome> => {
  switch (talk.kind) {
    case 'thanks':
      return say('You’re welcome.');
    case 'greeting':
      return turn.inChannel ? helpOutcome(desk, turn) : homeOutcome(desk, turn);
    case 'other-language':
      return helpOutcome(desk, turn, 'Exemption Desk speaks English only for now.');
    case 'command':
      return answerLine(commands, desk, turn, talk.line);
  }
};

/** Answers a typed line by the command that it names. */
export const answerLine = async (
  commands: readonly Command[],
  desk: Desk,
  turn: Turn,
  line: string,
): Promise<Outcome> => {
  if (line.length > longestLine)
    throw new GovernanceError(
      'invalid',
      `That is too long: Exemption Desk reads at most ${longestLine.toLocaleString('en')} characters.`,
    );
  const linked = meaningOfLinks(line, turn);
  if (linked?.kind === 'line') return answerLine(commands, desk, turn, linked.line);
  if (linked?.kind === 'which') return askWhichLink(linked);
  if (linked?.kind === 'scope') return scopeOutcome(desk, turn, linked.id);
  const talk = smallTalkIn(line);
  if (talk !== undefined) return converse(commands, desk, turn, talk);
  const found = findCommand(line, commands);
  if (found.kind === 'nothing') return helpOutcome(desk, turn);
  if (found.kind === 'unknown') {
    const [named] = referencesIn(line);
    if (named !== undefined && referenceAtStart(line)?.rest === '')
      return answerLine(commands, desk, turn, `request ${named}`);
    const meant = proposal(line, found.nearest, named);
    const next = meant === undefined ? 'To see what you can do, send: help' : `Did you mean: ${meant}`;
    return say(`Exemption Desk did not understand that. ${next}`);
  }
  refuseToGuest(turn.guest, found.command.guests);
  const problem = found.command.filters && filterProblem(found.rest, found.command.filters);
  if (problem !== undefined) throw new GovernanceError('invalid', problem);
  if (found.command.changes) await refuseWhileReadOnly(desk);
  const { command, rest } = found;
  return command.run(desk, turn, { ...parseLine(rest), rest }).catch((error: unknown) => {
    if (!(error instanceof WhichQuestion)) throw error;
    return askAboutLine(command, rest, error);
  });
};
