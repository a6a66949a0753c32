import { requestCard } from '../../../cards/request/request-card.ts';
import { showRequest } from '../../../workflow/tell/view-request.ts';
import { button } from '../../button.ts';
import { disclose, isFromCopy } from '../../disclose.ts';

/** Posts a new copy of the card, which is kept up to date from then on. Pressed on a copy in somebody's own chat it draws that one anew. */
export const showRequestButton = button('show-request', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  // From a card that somebody posted out of the search.
  opensDialog: true,
  run: async (desk, turn, { reference }) => {
    const isCopyHere = !turn.inChannel && (await isFromCopy(desk, turn, reference));
    return disclose(
      turn,
      async (asker) => {
        const { view, audience, viewpoint } = await showRequest(desk, asker, reference);
        return {
          viewpoint,
          card: requestCard(view, audience, asker.channelId === undefined ? turn.person : undefined),
          standing: { reference: view.request.reference, audience },
        };
      },
      isCopyHere ? 'replace' : 'card',
    );
  },
});
