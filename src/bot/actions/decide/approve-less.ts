import { approveRequest } from '../../../workflow/decide/decide-request.ts';
import { button } from '../../button.ts';
import { decided } from './decided.ts';

export const approveLessButton = button('approve-less', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { reference, version, named, lastDay, choosing, scopes, note }) => {
    const narrowing = choosing || scopes.length > 0 ? { lastDay, ticked: scopes } : { lastDay, scopes: undefined };
    const input = { here: turn.conversation.id, reference, version, named, words: note, narrowing };
    return decided(desk, turn, await approveRequest(desk, turn.person, input), 'approvers');
  },
});
