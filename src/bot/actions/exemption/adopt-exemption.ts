import { adoptExemption } from '../../../workflow/ask/adopt-exemption.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

/** The card of the new request is sent to its owner's personal chat. */
export const adoptExemptionButton = button('adopt-exemption', {
  changes: true,
  does: 'acts',
  run: async (desk, turn, { id, purpose }) => {
    const { reference } = await adoptExemption(desk, turn.person, id, purpose);
    return say(`${turn.person.name} adopted it as ${reference}.`);
  },
});
