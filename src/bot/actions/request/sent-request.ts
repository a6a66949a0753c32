import { action } from '../../../cards/card-action.ts';
import type { Card } from '../../../cards/render-card.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { requestCard } from '../../../cards/request/request-card.ts';
import type { PostedMessage } from '../../../core/chat/notifier.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { SendResult } from '../../../workflow/ask/send-request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { viewRequest } from '../../../workflow/tell/view-request.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';
import { resultCard } from './request-form.ts';

export const clickedCard = ({ clickedCardId, conversation }: Turn): PostedMessage | undefined =>
  clickedCardId === undefined ? undefined : { conversationId: conversation.id, activityId: clickedCardId };

const changedCard = ({ reference }: ExemptionRequest): Card =>
  messageCard({
    title: `${reference} was changed`,
    text: 'Approvers see what you ask for now. Approvals given before were for something else and do not count any more.',
    buttons: [action('Details', { verb: 'show-request', reference })],
  });

/** What stands where the form stood. */
export const sentOutcome = async (desk: Desk, result: SendResult): Promise<Outcome> => {
  if (result.kind === 'changed') return { kind: 'replace', card: changedCard(result.request) };
  if (result.kind !== 'sent') return { kind: 'replace', card: resultCard(desk, result) };
  const standing = { reference: result.request.reference, audience: 'requester' } as const;
  return { kind: 'replace', card: requestCard(await viewRequest(desk, result.request), 'requester'), standing };
};
