import { rejectRequest } from '../../../workflow/decide/decide-request.ts';
import { button } from '../../button.ts';
import { decided } from './decided.ts';

export const rejectRequestButton = button('reject-request', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { reference, version, reason }) =>
    decided(
      desk,
      turn,
      await rejectRequest(desk, turn.person, { here: turn.conversation.id, reference, version, words: reason }),
      'approvers',
    ),
});
