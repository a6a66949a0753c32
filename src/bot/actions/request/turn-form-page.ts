import { turnFormPage } from '../../../workflow/ask/fill-in-form.ts';
import { button } from '../../button.ts';
import { formCard, refuseInChannel } from './request-form.ts';

/** Another page of the resources in the form, with everything as it was filled in. Nothing was asked for yet, so this counts as no change. */
export const turnFormPageButton = button('turn-form-page', {
  changes: false,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, { draftId, page, ...form }) => {
    refuseInChannel(turn);
    const open = await turnFormPage(desk, turn.person, draftId, form);
    return { kind: 'replace', card: await formCard(desk, open, { ...turn, page }) };
  },
});
