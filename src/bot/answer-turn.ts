import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { refuseWhileReadOnly } from '../workflow/heed-read-only.ts';
import { answerLine } from './answer-line.ts';
import type { Button } from './button.ts';
import { helpOutcome } from './commands/operate/help.ts';
import type { Outcome } from './outcome.ts';
import { buttons, commands } from './routes.ts';
import type { Turn } from './turn.ts';

/** The button that was pressed, and its data after the check; undefined for anything that no button of ours could have sent. */
export const readPress = (submitted: unknown) => {
  const given = typeof submitted === 'object' && submitted !== null && 'verb' in submitted ? submitted.verb : undefined;
  const pressed = Object.values(buttons).find(({ verb }) => verb === given);
  const data = pressed?.schema.safeParse(submitted).data;
  // The schema is the button's own, so what it let through is what the button takes.
  return pressed === undefined || data === undefined ? undefined : { button: pressed as Button, data };
};

/** Answers what somebody typed or pressed. Of a press only the form is checked here: the use case asks whether this person may do it. */
export const answerTurn = async (desk: Desk, turn: Turn): Promise<Outcome> => {
  if (turn.submitted === undefined) return answerLine(commands, desk, turn, turn.text);
  const press = readPress(turn.submitted);
  if (press === undefined)
    throw new GovernanceError(
      'invalid',
      'That button is outdated or was altered. Send a command instead, for example: help',
    );
  if (press.button.changes) await refuseWhileReadOnly(desk);
  return press.button.run(desk, turn, press.data);
};

/** What the person who installs the bot sees. */
export const welcome = (turn: Turn): Outcome => helpOutcome(turn, commands, 'Exemption Desk is installed.');
