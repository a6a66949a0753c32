import { messageCard } from '../../../cards/message-card.ts';
import { discardDraft } from '../../../workflow/ask/draft-request.ts';
import { button } from '../../button.ts';
import { refuseInChannel } from './request-form.ts';

/** Nothing was asked for yet, so this counts as no change. */
export const discardRequestButton = button('discard-request', {
  changes: false,
  guests: 'asks',
  does: 'acts',
  run: async (desk, turn, { draftId }) => {
    refuseInChannel(turn);
    await discardDraft(desk, turn.person, draftId);
    return {
      kind: 'replace',
      closes: true,
      card: messageCard({ title: 'Request discarded', text: 'No request was sent.', buttons: [] }),
    };
  },
});
