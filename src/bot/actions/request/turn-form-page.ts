import { button } from '../../button.ts';
import { filledInAgain } from './request-form.ts';

/** Another page of the resources in the form, with everything as it was filled in. Nothing was asked for yet, so this counts as no change. */
export const turnFormPageButton = button('turn-form-page', {
  changes: false,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, pressed) => ({ kind: 'replace', card: await filledInAgain(desk, turn, pressed) }),
});
