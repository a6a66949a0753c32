import { withdrawRequest } from '../../../workflow/decide/decide-request.ts';
import { button } from '../../button.ts';
import { decided } from './decided.ts';

export const withdrawRequestButton = button('withdraw-request', {
  changes: true,
  guests: 'asks',
  does: 'acts',
  run: async (desk, turn, { reference, version }) =>
    decided(
      desk,
      turn,
      await withdrawRequest(desk, turn.person, { here: turn.conversation.id, reference, version, words: '' }),
      'requester',
    ),
});
