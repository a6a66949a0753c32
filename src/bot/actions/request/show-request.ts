import { requestCard } from '../../../cards/request/request-card.ts';
import { showRequest } from '../../../workflow/tell/view-request.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

/** Posts a new copy of the card, which is kept up to date from then on. */
export const showRequestButton = button('show-request', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, { reference }) =>
    disclose(
      turn,
      async (asker) => {
        const { view, audience, viewpoint } = await showRequest(desk, asker, reference);
        return {
          viewpoint,
          card: requestCard(view, audience, asker.channelId === undefined ? turn.person : undefined),
          standing: { reference: view.request.reference, audience },
        };
      },
      'card',
    ),
});
