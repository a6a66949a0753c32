import { setTimeout as pause } from 'node:timers/promises';
import { withoutThread } from '../../src/core/conversation.ts';
import type { Inbox } from '../../src/core/inbox.ts';

const checkEveryMs = 20;

/** Waits until an app in another process has answered all that came from a conversation, as the database both use says. */
export const untilAnswered = async (inbox: Inbox, conversationId: string): Promise<void> => {
  while (await inbox.isWaiting(withoutThread(conversationId))) await pause(checkEveryMs);
};
