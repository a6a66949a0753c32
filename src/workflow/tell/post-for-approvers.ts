import type { Conversation } from '../../core/chat/conversation.ts';
import type { Mentioned } from '../../core/chat/mentioned.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { Desk } from '../desk.ts';
import { inTimeOf } from '../reader-times.ts';

type Asking = {
  readonly view: RequestView;
  readonly mentioned: readonly Mentioned[];
  /** It was posted before and still waits. */
  readonly reminder: boolean;
};

/** Posts the card of a request where approvers are asked, and records it. If Teams refuses its mentions, posts it without; errors as in the notifier. */
export const postForApprovers = async (
  desk: Desk,
  conversation: Conversation,
  { view, mentioned, reminder }: Asking,
): Promise<void> => {
  const own = await inTimeOf(desk, conversation, view);
  const reader = conversation.objectId;
  const message = { kind: 'request', view: own, audience: 'approvers', reader, reminder } as const;
  const { reference } = view.request;
  const post = async (people: readonly Mentioned[]): Promise<void> => {
    const posted = await desk.notifier.post(conversation, { ...message, mentioned: people });
    const ids = people.map(({ objectId }) => objectId);
    if (posted !== undefined)
      await desk.database.postedCards.add({ ...posted, reference, audience: 'approvers', mentioned: ids });
  };
  try {
    await post(mentioned);
  } catch (error) {
    if (mentioned.length === 0 || !isRefusal(error, 'invalid')) throw error;
    await post([]);
  }
};
