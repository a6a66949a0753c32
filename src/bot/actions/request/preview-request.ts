import { previewForm } from '../../../workflow/ask/preview-request.ts';
import { button } from '../../button.ts';
import { refuseInChannel, resultCard } from './request-form.ts';

export const previewRequestButton = button('preview-request', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, { draftId, page, ...form }) => {
    refuseInChannel(turn);
    return {
      kind: 'replace',
      card: await resultCard(desk, turn, await previewForm(desk, turn.person, draftId, form), page),
    };
  },
});
