import { extendRequest } from '../../../workflow/ask/extend-request.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

export const extendRequestButton = button('extend-request', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  run: async (desk, turn, { reference }) => openedForm(desk, turn, await extendRequest(desk, turn.person, reference)),
});
