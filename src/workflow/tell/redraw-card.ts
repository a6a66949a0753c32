import type { Conversation } from '../../core/chat/conversation.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { awaitsApproval } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { inTimeOf } from '../reader-times.ts';
import { namesOf } from './whom-to-ask.ts';

/**
 * Draws a card of a request anew where it stands. Whom it mentioned is only named then, as long as it waits: nobody says whether Teams would notify them
 * again. Errors as in the notifier.
 */
export const redrawCard = async (
  desk: Desk,
  conversation: Conversation,
  card: PostedCard,
  view: RequestView,
): Promise<void> => {
  const { request } = view;
  const mentioned = awaitsApproval(request) ? await namesOf(desk, request, card.mentioned ?? []) : [];
  const own = await inTimeOf(desk, conversation, view);
  const message = { kind: 'request', view: own, audience: card.audience, reader: conversation.objectId } as const;
  await desk.notifier.update(conversation, card, mentioned.length === 0 ? message : { ...message, mentioned });
};
