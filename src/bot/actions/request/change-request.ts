import { changeTerms } from '../../../workflow/ask/change-terms.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

/** Opens the form of a waiting request again. The request's own card stays. */
export const changeRequestButton = button('change-request', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { reference, version, asMessage }) =>
    openedForm(desk, turn, await changeTerms(desk, turn.person, reference, version, turn.conversation.id), {
      asMessage,
    }),
});
