import type { Conversation } from '../../core/chat/conversation.ts';
import type { Mentioned } from '../../core/chat/mentioned.ts';
import { firstInChannel, type PostedCard } from '../../core/chat/posted-card.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { isRefusal, unlessRefused } from '../../core/governance-error.ts';
import { awaitsApproval } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { postForApprovers } from './post-for-approvers.ts';
import { redrawCard } from './redraw-card.ts';
import { viewRequest } from './view-request.ts';
import { whomToAsk } from './whom-to-ask.ts';

/** The first card in a channel, drawn anew: only so is it certain that it still stands there. Undefined: it does not. */
const findFirstCard = async (desk: Desk, channel: Conversation, view: RequestView): Promise<PostedCard | undefined> => {
  const { postedCards } = desk.database;
  const card = firstInChannel(await postedCards.of(view.request.reference), channel.id);
  if (card === undefined) return undefined;
  try {
    await redrawCard(desk, channel, card, view);
    return card;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await postedCards.remove(card.conversationId, card.activityId);
    return undefined;
  }
};

/** One line with mentions in the thread of the first card. False: there is no such card, or Teams takes no message below it. */
const remindBelow = async (
  desk: Desk,
  channel: Conversation,
  view: RequestView,
  mentioned: readonly Mentioned[],
): Promise<boolean> => {
  const card = await findFirstCard(desk, channel, view);
  if (card === undefined) return false;
  const { reference, waitingSince: since } = view.request;
  const line = { kind: 'still-waiting', reference, since, timeZone: view.timeZone, mentioned } as const;
  return unlessRefused(async () => {
    await desk.notifier.reply(channel, card, line);
    return true;
  }, false);
};

/**
 * Reminds a place of a request that waits: in a channel by one line below its first card that mentions whoever could decide. Where nobody can be mentioned
 * there, or the card is gone, a line would reach nobody: then the card is posted again, so that it is the latest message; they can decide on either copy.
 */
export const remindApprovers = async (desk: Desk, reference: string, conversationId: string): Promise<void> => {
  const request = await requestNamed(desk, reference);
  const conversation = await desk.database.conversations.find(conversationId);
  if (!awaitsApproval(request) || conversation === undefined) return;
  const view = await viewRequest(desk, request);
  const mentioned = await whomToAsk(desk, request)(conversation);
  const isTold =
    conversation.kind === 'channel' && mentioned.length > 0 && (await remindBelow(desk, conversation, view, mentioned));
  if (isTold) return;
  await unlessRefused(() => postForApprovers(desk, conversation, { view, mentioned, reminder: true }), undefined);
};
