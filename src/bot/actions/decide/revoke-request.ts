import { revokeEarly } from '../../../workflow/decide/revoke-early.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

/** The request's cards change by the job: the clicked one may be of an exemption, or an alert. */
export const revokeRequestButton = button('revoke-request', {
  changes: true,
  run: async (desk, turn, { reference, why }) => {
    const request = await revokeEarly(desk, turn.person, { reference, words: why });
    return say(`${request.reference} is being taken out of Azure.`);
  },
});
