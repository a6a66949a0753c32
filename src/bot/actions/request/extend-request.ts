import { extendRequest } from '../../../workflow/ask/extend-request.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

export const extendRequestButton = button('extend-request', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { reference, asMessage }) =>
    openedForm(desk, turn, await extendRequest(desk, turn.person, reference), { asMessage }),
});
