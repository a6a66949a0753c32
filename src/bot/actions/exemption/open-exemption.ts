import { button } from '../../button.ts';
import { showExemptionButton } from './show-exemption.ts';

/** The same as show-exemption, for cards that stand where not everybody may read the id of the exemption. */
export const openExemptionButton = button('open-exemption', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { token }) =>
    showExemptionButton.run(desk, turn, { id: (await desk.database.listings.idBehind(token)) ?? '' }),
});
