import { answerLine } from '../../answer-line.ts';
import { button, type Button } from '../../button.ts';
import type { Command } from '../../command.ts';
import { asNewMessage } from '../../outcome.ts';

/** Says a command for the person; the command itself states whether it changes something. */
export const sayButton = (commands: () => readonly Command[]): Button<'say'> =>
  button('say', {
    changes: false,
    guests: 'reads',
    does: 'opens',
    run: async (desk, turn, { command, beside }) => {
      const outcome = await answerLine(commands(), desk, turn, command);
      return beside ? asNewMessage(outcome) : outcome;
    },
  });
