import { startDraft } from '../../../workflow/ask/draft-request.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

export const openFormButton = button('open-form', {
  changes: true,
  does: 'opens',
  run: async (desk, turn, { assessmentKey, selected }) => {
    const given = selected.length === 0 ? {} : { resources: selected };
    return openedForm(desk, await startDraft(desk, turn.person, assessmentKey, given));
  },
});
