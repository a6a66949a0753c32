import { action } from '../../../cards/card-action.ts';
import type { Card } from '../../../cards/render-card.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { requestCard } from '../../../cards/request/request-card.ts';
import type { PostedMessage } from '../../../core/chat/notifier.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { SendResult } from '../../../workflow/ask/send-request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';
import { resultCard } from './request-form.ts';

export const clickedCard = ({ clickedCardId, conversation }: Turn): PostedMessage | undefined =>
  clickedCardId === undefined ? undefined : { conversationId: conversation.id, activityId: clickedCardId };

const changedCard = ({ reference }: ExemptionRequest): Card =>
  messageCard({
    title: `${reference} was changed`,
    text: 'Approvers now see the changed request. Approvals given before the change no longer count.',
    buttons: [action('Details', { verb: 'show-request', reference })],
  });

/** Where the card of the request is that changes with it: what a dialog shows stays as it is. */
const whereItsCardIs = async ({ database }: Desk, { person, inDialog }: Turn): Promise<string | undefined> => {
  if (inDialog !== true) return undefined;
  return (await database.conversations.personal(person.objectId)) === undefined
    ? 'Sent. To hear what becomes of it, open a personal chat with Exemption Desk: in Teams, choose Apps, search for Exemption Desk, and choose Add.'
    : 'Sent. Its card is in your personal chat with Exemption Desk, where you are told what becomes of it.';
};

/** Replaces the form: with the card of the request, or with the form again where something is wrong. */
export const sentOutcome = async (desk: Desk, turn: Turn, result: SendResult): Promise<Outcome> => {
  if (result.kind === 'changed') return { kind: 'replace', card: changedCard(result.request) };
  if (result.kind !== 'sent') return { kind: 'replace', card: await resultCard(desk, turn, result) };
  const standing = { reference: result.request.reference, audience: 'requester' } as const;
  const note = await whereItsCardIs(desk, turn);
  return {
    kind: 'replace',
    card: requestCard({ ...result.view, ...timesOf(desk, turn.asker) }, 'requester'),
    standing,
    ...(note === undefined ? {} : { noteInDialog: note }),
  };
};
