import { sendInEmergency } from '../../../workflow/ask/send-request.ts';
import { button } from '../../button.ts';
import { refuseInChannel } from './request-form.ts';
import { clickedCard, sentOutcome } from './sent-request.ts';

export const sendInEmergencyButton = button('send-in-emergency', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { draftId, seen, reason }) => {
    refuseInChannel(turn);
    return sentOutcome(desk, turn, await sendInEmergency(desk, turn.person, draftId, reason, clickedCard(turn), seen));
  },
});
