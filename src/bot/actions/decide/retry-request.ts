import { retryRequest } from '../../../workflow/decide/decide-request.ts';
import { button } from '../../button.ts';
import { decided } from './decided.ts';

export const retryRequestButton = button('retry-request', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { reference, version }) =>
    decided(
      desk,
      turn,
      await retryRequest(desk, turn.person, { here: turn.conversation.id, reference, version, words: '' }),
      'approvers',
    ),
});
