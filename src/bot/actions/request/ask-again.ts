import { askAgain } from '../../../workflow/ask/ask-again.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

/** Opens the form of a request that was rejected, withdrawn or lapsed, filled in. */
export const askAgainButton = button('ask-again', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { reference, asMessage }) =>
    openedForm(desk, turn, await askAgain(desk, turn.person, reference), { asMessage }),
});
