import { startReplacement } from '../../../workflow/ask/replace-request.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

/** The form of what is in force opens anew, to renew or to change it. */
export const replaceRequestButton = button('replace-request', {
  changes: true,
  run: async (desk, turn, { reference, deed }) =>
    openedForm(desk, await startReplacement(desk, turn.person, reference, deed)),
});
