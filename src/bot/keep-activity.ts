import type { Activity } from 'botbuilder';
import { withoutThread } from '../core/chat/conversation.ts';
import type { Desk } from '../workflow/desk.ts';

const answered = new Set(['message', 'conversationUpdate', 'installationUpdate']);

/**
 * Where an activity waits: in the queue of its conversation or, where several people write, in a queue of its person there. What one of them
 * sends then holds up nobody else.
 */
const queueOf = ({ type, conversation, from }: Activity): string => {
  const id = withoutThread(conversation.id);
  const isShared = conversation.conversationType !== 'personal' && type === 'message';
  return isShared && from.aadObjectId !== undefined ? `${id} ${from.aadObjectId.toLowerCase()}` : id;
};

/**
 * Stores an activity from Teams, then starts its answer: whatever was acknowledged is answered, even after a crash. Repeated activities are
 * stored once, and those that nobody would answer not at all.
 */
export const createKeepActivity =
  (desk: Desk, begin: (conversationId: string) => void) =>
  async (activity: Activity): Promise<void> => {
    const { type, id = desk.newId() } = activity;
    if (!answered.has(type)) return;
    const conversationId = queueOf(activity);
    const given = {
      conversationId,
      activityId: type === 'message' ? id : `${type}:${id}`,
      activity: JSON.stringify(activity),
      receivedAt: desk.now(),
      correlation: desk.correlation.current() ?? desk.newId(),
    };
    if (await desk.database.inbox.keep(given)) begin(conversationId);
  };
