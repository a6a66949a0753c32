import { turnFormPage } from '../../../workflow/ask/fill-in-form.ts';
import { button } from '../../button.ts';
import { formCard, formPointer, refuseInChannel } from './request-form.ts';

/** The form of a dialog as a message in the personal chat, with everything as it was filled in. Nothing was asked for yet, so this counts as no change. */
export const formAsMessageButton = button('form-as-message', {
  changes: false,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, { draftId, page, ...form }) => {
    refuseInChannel(turn);
    const open = await turnFormPage(desk, turn.person, draftId, form);
    return {
      kind: 'private',
      outcome: { kind: 'card', card: await formCard(desk, open, { page }) },
      pointer: formPointer,
      asMessage: true,
    };
  },
});
