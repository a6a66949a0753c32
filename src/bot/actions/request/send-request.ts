import { sendRequest } from '../../../workflow/ask/send-request.ts';
import { button } from '../../button.ts';
import { refuseInChannel } from './request-form.ts';
import { clickedCard, sentOutcome } from './sent-request.ts';

export const sendRequestButton = button('send-request', {
  changes: true,
  guests: 'asks',
  does: 'acts',
  run: async (desk, turn, { draftId, seen }) => {
    refuseInChannel(turn);
    return sentOutcome(desk, turn, await sendRequest(desk, turn.person, draftId, clickedCard(turn), seen));
  },
});
