import type { Conversation, ConversationStore } from '../../core/chat/conversation.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Notifier } from '../../core/chat/notifier.ts';
import type { Desk } from '../desk.ts';

/**
 * Marks conversations in which Teams permanently refuses messages, with the message of the error as the reason. Nothing is posted there
 * until an activity comes from there.
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
