import type { Conversation, ConversationStore } from '../../core/chat/conversation.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Notifier } from '../../core/chat/notifier.ts';
import type { Desk } from '../desk.ts';

/**
 * Remembers where Teams refuses messages for good, with the reason, and posts nothing there until something comes from there. The message of
 * the error is the reason.
 */
export const rememberUnreachable = (
  notifier: Notifier,
  conversations: Pick<ConversationStore, 'markUnreachable'>,
  now: Desk['now'],
): Notifier => {
  const mark = async (conversation: Conversation, error: unknown): Promise<void> => {
    const gone = isRefusal(error, 'forbidden', 'not-found');
    if (gone) await conversations.markUnreachable(conversation.id, error.message, now());
  };
  return {
    ...notifier,
    async post(conversation, message) {
      if (conversation.unreachable !== undefined)
        throw new GovernanceError('forbidden', conversation.unreachable.reason);
      try {
        return await notifier.post(conversation, message);
      } catch (error) {
        await mark(conversation, error);
        throw error;
      }
    },
  };
};
