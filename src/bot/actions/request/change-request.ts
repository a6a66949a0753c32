import { changeTerms } from '../../../workflow/ask/change-terms.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

/** The form of a request that waits opens anew: the request's own card stays. */
export const changeRequestButton = button('change-request', {
  changes: true,
  run: async (desk, turn, { reference, version }) =>
    openedForm(desk, await changeTerms(desk, turn.person, reference, version)),
});
