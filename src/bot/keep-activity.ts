import type { Activity } from 'botbuilder';
import { withoutThread } from '../core/chat/conversation.ts';
import type { Desk } from '../workflow/desk.ts';

const answered = new Set(['message', 'conversationUpdate', 'installationUpdate']);

/**
 * Stores an activity from Teams, then starts its answer: whatever was acknowledged is answered, even after a crash. Repeated activities are
 * stored once, and those that nobody would answer not at all.
 */
export const createKeepActivity =
  (desk: Desk, begin: (conversationId: string) => void) =>
  async (activity: Activity): Promise<void> => {
    const { type, id = desk.newId() } = activity;
    if (!answered.has(type)) return;
    const conversationId = withoutThread(activity.conversation.id);
    const given = {
      conversationId,
      activityId: type === 'message' ? id : `${type}:${id}`,
      activity: JSON.stringify(activity),
      receivedAt: desk.now(),
      correlation: desk.correlation.current() ?? desk.newId(),
    };
    if (await desk.database.inbox.keep(given)) begin(conversationId);
  };
