import { exemptedCard } from '../../../cards/recommendation/exempted-card.ts';
import { listExempted } from '../../../workflow/recommendation/list-exempted.ts';
import { button } from '../../button.ts';
import { disclose, omissionNote } from '../../disclose.ts';

/** It opens as a new message, so that the recommendation from which it was opened stays; turning its pages replaces it. */
export const listExemptedButton = button('list-exempted', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, { assessmentKey, page, turning }) =>
    disclose(
      turn,
      async (asker) => {
        const { viewpoint, ...list } = await listExempted(desk, asker, assessmentKey, page);
        const { timeZone } = desk;
        return {
          viewpoint,
          card: exemptedCard({ ...list, covers: viewpoint.label, note: omissionNote(viewpoint), timeZone }),
        };
      },
      turning ? 'replace' : 'card',
    ),
});
