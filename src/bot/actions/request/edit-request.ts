import { reopenDraft } from '../../../workflow/ask/draft-request.ts';
import { button } from '../../button.ts';
import { formCard, refuseInChannel } from './request-form.ts';

export const editRequestButton = button('edit-request', {
  changes: false,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, { draftId }) => {
    refuseInChannel(turn);
    return { kind: 'replace', card: await formCard(desk, await reopenDraft(desk, turn.person, draftId), turn) };
  },
});
