import { approveRequest } from '../../../workflow/decide/decide-request.ts';
import { button } from '../../button.ts';
import { decided } from './decided.ts';

export const approveRequestButton = button('approve-request', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { reference, version, named, comment }) =>
    decided(
      desk,
      turn,
      await approveRequest(desk, turn.person, {
        here: turn.conversation.id,
        reference,
        version,
        named,
        words: comment,
      }),
      'approvers',
    ),
});
