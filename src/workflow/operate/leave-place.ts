import type { Conversation } from '../../core/chat/conversation.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';

/**
 * Handles the removal of the app from a chat, or from a team with all its channels. Nothing is posted there any more, and the subscriptions
 * of its channels end, on record: adding the app again reveals nothing by itself.
 */
export const leavePlace = async (desk: Desk, person: Person | undefined, place: Conversation): Promise<void> => {
  const channels = place.teamId === undefined ? [] : await desk.database.conversations.ofTeam(place.teamId);
  const places = new Set([place, ...channels].map(({ id }) => id));
  await desk.database.transaction(async (store) => {
    const ended = await store.subscriptions.of([...places]);
    for (const id of places) {
      await store.subscriptions.removeChannel(id);
      await store.alerts.dropOpen(id, desk.now());
      await store.conversations.forget(id);
    }
    for (const { channelId, kind, scope } of ended) {
      await store.ledger.append({
        at: desk.now(),
        actor: person === undefined ? { kind: 'job', name: 'leave-place' } : asPerson(person),
        reference: undefined,
        event: 'unsubscribed',
        from: undefined,
        to: undefined,
        text: '',
        facts: { channel: channelId, kind, scope, why: 'removed' },
      });
    }
  });
};
