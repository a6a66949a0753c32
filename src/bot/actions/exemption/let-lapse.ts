import { letLapse } from '../../../workflow/inventory/let-lapse.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

export const letLapseButton = button('let-lapse', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { id, reference }) => say(await letLapse(desk, turn.person, { exemptionId: id, reference })),
});
