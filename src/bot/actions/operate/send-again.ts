import { counted } from '../../../core/first-few.ts';
import { sendAgain } from '../../../workflow/alert/send-again.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

export const sendAgainButton = button('send-again', {
  changes: false,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn) => {
    const { alerts, isMore } = await sendAgain(desk, turn.person);
    const rest = isMore ? ' Alerts in more places wait as well: choose Send again once more.' : '';
    return say(`${counted(alerts, 'alert')} will be sent again.${rest} To see the result, send: status`);
  },
});
