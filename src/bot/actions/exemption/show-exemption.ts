import { exemptionCard } from '../../../cards/exemption/exemption-card.ts';
import { showExemption } from '../../../workflow/inventory/show-exemption.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

export const showExemptionButton = button('show-exemption', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, { id }) =>
    disclose(
      turn,
      async (asker) => ({
        card: exemptionCard({ ...(await showExemption(desk, asker, id)), ...timesOf(desk, asker) }),
      }),
      'card',
    ),
});
