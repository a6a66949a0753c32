import { wordsOf } from '../../../core/request/status-words.ts';
import { revokeEarly } from '../../../workflow/decide/revoke-early.ts';
import { button } from '../../button.ts';
import { say } from '../../outcome.ts';

/** Answers with a sentence, because the clicked card may show an exemption or an alert. A job updates the request's cards. */
export const revokeRequestButton = button('revoke-request', {
  changes: true,
  guests: 'nothing',
  does: 'acts',
  run: async (desk, turn, { reference, why }) => {
    const request = await revokeEarly(desk, turn.person, { here: turn.conversation.id, reference, words: why });
    return say(`${request.reference} is ${wordsOf(request).state}.`);
  },
});
