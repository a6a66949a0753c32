import { filterProblem } from '../core/filter-problem.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { refuseWhileReadOnly } from '../workflow/heed-read-only.ts';
import type { Command } from './command.ts';
import { helpOutcome } from './commands/operate/help.ts';
import { findCommand } from './find-command.ts';
import { say, type Outcome } from './outcome.ts';
import { parseLine } from './parse-line.ts';
import type { Turn } from './turn.ts';

const longestLine = 2000;

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
  const found = findCommand(line, commands);
  if (found.kind === 'nothing') return helpOutcome(turn, commands);
  if (found.kind === 'unknown')
    return say(
      found.nearest === undefined
        ? 'Exemption Desk did not understand that. To see what you can do, send: help'
        : `Exemption Desk did not understand that. Did you mean: ${found.nearest}?`,
    );
  const problem = found.command.filters && filterProblem(found.rest, found.command.filters);
  if (problem !== undefined) throw new GovernanceError('invalid', problem);
  if (found.command.changes) await refuseWhileReadOnly(desk);
  return found.command.run(desk, turn, { ...parseLine(found.rest), rest: found.rest });
};
