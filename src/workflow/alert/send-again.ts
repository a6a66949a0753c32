import type { Undelivered } from '../../core/alert/alert-delivery.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { alertSubscriptions } from './raise-alerts.ts';
import { maySubscribe } from './subscribe-channel.ts';

/**
 * Whether somebody may have these deliveries, all of one place, sent again: in a channel whoever could subscribe it to them, and everybody
 * in their own chat.
 */
const mayHaveSent = async (
  desk: Desk,
  person: Person,
  channelId: string,
  there: readonly Undelivered[],
): Promise<boolean> => {
  const place = await desk.database.conversations.find(channelId);
  if (place?.kind === 'personal' && place.objectId === person.objectId.toLowerCase()) return true;
  const named = there.flatMap(({ scopes }) => scopes);
  const subscribed = ((await alertSubscriptions(desk)).get(channelId) ?? []).map(({ scope }) => scope);
  return maySubscribe(desk, person, [...new Set(named.length > 0 ? named : subscribed)]);
};

/**
 * Makes undeliverable alerts due again, as far as the person may read their subject in Azure, live; also for places marked unreachable.
 * Returns their number.
 */
export const sendAgain = async (desk: Desk, person: Person): Promise<number> => {
  const places = Map.groupBy(await desk.database.alerts.undelivered(), ({ channelId }) => channelId);
  const theirs: Undelivered[] = [];
  for (const [channelId, there] of places) if (await mayHaveSent(desk, person, channelId, there)) theirs.push(...there);
  if (theirs.length === 0)
    throw places.size === 0
      ? new GovernanceError('not-found', 'There is nothing to send again.')
      : new GovernanceError(
          'forbidden',
          'You may not send this again, because you may not read in Azure what it is about.',
        );
  const at = desk.now();
  await desk.database.transaction(async (store) => {
    await store.conversations.markReachable([...new Set(theirs.map(({ channelId }) => channelId))]);
    await store.alerts.reopen(
      theirs.map(({ id }) => id),
      at,
    );
    await store.ledger.append({
      at,
      actor: asPerson(person),
      reference: undefined,
      event: 'sent-again',
      from: undefined,
      to: undefined,
      text: '',
      facts: { alerts: String(theirs.length) },
    });
    await store.jobs.send('deliver-alerts', {});
  });
  return theirs.length;
};
