import { withoutThread, type Conversation } from '../../core/chat/conversation.ts';
import type { Desk } from '../desk.ts';

/** A chat or channel, or a team with all its channels. */
export type Where = Pick<Conversation, 'id' | 'teamId'>;

const idsIn = async (desk: Desk, { id, teamId }: Where): Promise<string[]> => {
  const channels = teamId === undefined ? [] : await desk.database.conversations.ofTeam(teamId);
  return [...new Set([id, ...channels.map((each) => each.id)])].map(withoutThread);
};

/**
 * Stops posting where Teams says that nobody can write for now: a deleted or archived place can come back, and so can an app that is being
 * upgraded. Subscriptions stay. `reason` is a sentence for `status`.
 */
export const suspendPlace = async (desk: Desk, where: Where, reason: string): Promise<void> => {
  for (const id of await idsIn(desk, where)) await desk.database.conversations.markUnreachable(id, reason, desk.now());
};

/** Posts again where that was suspended or refused: the alerts that wait there, and the cards of pending requests that are missing. */
export const resumePlace = async (desk: Desk, where: Where): Promise<void> => {
  const ids = await idsIn(desk, where);
  await desk.database.transaction(async (store) => {
    await store.conversations.markReachable(ids);
    for (const id of ids) await store.alerts.retryIn(id, desk.now());
    await store.jobs.send('deliver-alerts', {});
    for (const conversationId of ids) await store.jobs.send('post-missing-cards', { conversationId });
  });
};
