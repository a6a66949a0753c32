import { startDraftFromList } from '../../../workflow/ask/keep-ticks.ts';
import { button } from '../../button.ts';
import { openedForm } from './request-form.ts';

export const openFormButton = button('open-form', {
  changes: true,
  guests: 'asks',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { assessmentKey, selected: ticked, asMessage, ...ticks }) =>
    openedForm(
      desk,
      turn,
      await startDraftFromList(desk, turn.person, assessmentKey, { draftId: undefined, shown: [], ...ticks, ticked }),
      { asMessage },
    ),
});
