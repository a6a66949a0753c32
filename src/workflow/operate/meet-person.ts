import type { Conversation } from '../../core/chat/conversation.ts';
import { personPlace } from '../../core/chat/person-place.ts';
import { keptDays } from '../../core/ledger/retention.ts';
import type { Desk } from '../desk.ts';

/** A personal chat that is new, or has a new id: its person gets what waits for them, and the cards of their requests that still wait. */
export const meetPerson = async (desk: Desk, chat: Conversation): Promise<void> => {
  const { objectId } = chat;
  if (objectId === undefined) return desk.database.conversations.remember(chat);
  const before = await desk.database.conversations.personal(objectId);
  const at = desk.now();
  await desk.database.transaction(async (store) => {
    await store.conversations.remember(chat);
    for (const from of [personPlace(objectId), before?.id ?? chat.id])
      if (from !== chat.id) await store.alerts.moveTo(from, chat.id);
    await store.alerts.retryIn(chat.id, at, keptDays['alert-deliveries']);
    await store.jobs.send('deliver-alerts', {});
    const waiting = await store.requests.list({ statuses: ['pending', 'approved', 'revoking'], requesterId: objectId });
    for (const { reference } of waiting) await store.jobs.send('publish-request', { reference });
  });
};
