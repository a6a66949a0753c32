import { claimDraft } from '../../../workflow/ask/claim-draft.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

/** Makes a draft of an application one's own and opens its form, filled in, in the personal chat. */
export const claimDraftButton = button('claim-draft', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, { draftId }) =>
    openedForm(desk, turn, await claimDraft(desk, turn.person, draftId), { asMessage: true }),
});
