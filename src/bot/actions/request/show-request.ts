import { requestCard } from '../../../cards/request/request-card.ts';
import { showRequest } from '../../../workflow/tell/view-request.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

/** A copy of its own, kept current from now on. */
export const showRequestButton = button('show-request', {
  changes: false,
  run: (desk, turn, { reference }) =>
    disclose(
      turn,
      async (asker) => {
        const { view, audience } = await showRequest(desk, asker, reference);
        return { card: requestCard(view, audience), standing: { reference: view.request.reference, audience } };
      },
      'card',
    ),
});
