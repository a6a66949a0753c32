import { goneSentence } from '../../../core/plan/gone-references.ts';
import { adoptExemption } from '../../../workflow/ask/adopt-exemption.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

/** The card of the new request is sent to its owner's personal chat. */
export const adoptExemptionButton = button('adopt-exemption', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { id, purpose }) => {
    const { reference, gone } = await adoptExemption(desk, turn.person, id, purpose);
    const leftOut = gone.length === 0 ? '' : ` ${goneSentence(gone)} The adopted exemption leaves that out.`;
    return say(`${turn.person.name} adopted it as ${reference}.${leftOut}`);
  },
});
