import { startReplacement } from '../../../workflow/ask/replace-request.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

/** Opens the form of an exemption in force, to renew or change it. */
export const replaceRequestButton = button('replace-request', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { reference, deed, asMessage }) =>
    openedForm(desk, turn, await startReplacement(desk, turn.person, reference, deed), { asMessage }),
});
