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
  const refuseIfUnreachable = ({ unreachable }: Conversation): void => {
    if (unreachable !== undefined) throw new GovernanceError('forbidden', unreachable.reason);
  };
  return {
    ...notifier,
    async reply(conversation, posted, message) {
      refuseIfUnreachable(conversation);
      // A thread may be gone while its channel is still there.
      return notifier.reply(conversation, posted, message);
    },
    async post(conversation, message) {
      refuseIfUnreachable(conversation);
      try {
        return await notifier.post(conversation, message);
      } catch (error) {
        await mark(conversation, error);
        throw error;
      }
    },
  };
};
