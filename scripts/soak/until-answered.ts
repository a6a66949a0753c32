import { setTimeout as pause } from 'node:timers/promises';
import { withoutThread } from '../../src/core/chat/conversation.ts';
import type { Inbox } from '../../src/core/chat/inbox.ts';

const checkEveryMs = 20;

/** Waits until an app in another process has answered everything from a conversation, according to their database; up to a time limit. */
export const untilAnswered = async (inbox: Inbox, conversationId: string, patienceMs = Infinity): Promise<void> => {
  const end = Date.now() + patienceMs;
  while (Date.now() < end && (await inbox.waiting(withoutThread(conversationId))) !== undefined)
    await pause(checkEveryMs);
};
