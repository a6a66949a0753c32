import { button } from '../../button.ts';
import { filledInAgain, formPointer } from './request-form.ts';

/** The form of a dialog as a message in the personal chat, with everything as it was filled in. Nothing was asked for yet, so this counts as no change. */
export const formAsMessageButton = button('form-as-message', {
  changes: false,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, pressed) => ({
    kind: 'private',
    outcome: { kind: 'card', card: await filledInAgain(desk, { ...turn, inDialog: false }, pressed) },
    pointer: formPointer,
    asMessage: true,
  }),
});
