import { decisionFormCard } from '../../../cards/request/decision-form-card.ts';
import { openDecision } from '../../../workflow/decide/decide-request.ts';
import { viewRequest } from '../../../workflow/tell/view-request.ts';
import { button } from '../../button.ts';

const deeds = { less: 'approve', reject: 'reject' } as const;

/** The form to reject or to approve less, only for somebody who could send it now. */
export const openDecisionButton = button('open-decision', {
  changes: true,
  guests: 'nothing',
  does: 'opens',
  opensDialog: true,
  run: async (desk, turn, { reference, version, form }) => {
    const input = { here: turn.conversation.id, reference, version, words: '' };
    const request = await openDecision(desk, turn.person, input, deeds[form]);
    return {
      kind: 'private',
      outcome: { kind: 'card', card: decisionFormCard(await viewRequest(desk, request), form) },
      pointer: 'The form is open in your personal chat with Exemption Desk.',
    };
  },
});
