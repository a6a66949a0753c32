import { previewRequest } from '../../../workflow/ask/preview-request.ts';
import { button } from '../../button.ts';
import { refuseInChannel, resultCard } from './request-form.ts';

export const previewRequestButton = button('preview-request', {
  changes: true,
  does: 'opens',
  run: async (desk, turn, { draftId, ...form }) => {
    refuseInChannel(turn);
    return { kind: 'replace', card: resultCard(desk, await previewRequest(desk, turn.person, draftId, form)) };
  },
});
