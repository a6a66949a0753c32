import { counted } from '../../../cards/wording.ts';
import { sendAgain } from '../../../workflow/alert/send-again.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

export const sendAgainButton = button('send-again', {
  changes: false,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn) => {
    const count = await sendAgain(desk, turn.person);
    return say(`${counted(count, 'alert')} will be sent again. To see the result, send: status`);
  },
});
