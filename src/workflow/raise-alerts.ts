import type { Alert } from '../core/alert.ts';
import { covers, type Hierarchy } from '../core/hierarchy.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Store } from '../core/store.ts';
import type { Desk } from './desk.ts';

/** Whether something at these places lies in one of the scopes. */
export const concerns = (scopes: readonly string[], places: readonly string[], hierarchy: Hierarchy): boolean =>
  places.some((place) => scopes.some((scope) => covers(scope, place, hierarchy)));

/** Queues an alert for delivery, in the caller's transaction. */
export const queueAlert = async (desk: Desk, store: Store, channelId: string, alert: Alert): Promise<void> => {
  const id = desk.newId();
  await store.alerts.addDelivery({ id, channelId, alert });
  await store.jobs.send('deliver-alert', { deliveryId: id });
};

/** Scopes of each channel that gets alerts. */
const subscribedScopes = async (desk: Desk): Promise<ReadonlyMap<string, readonly string[]>> => {
  const scopes = new Map<string, string[]>();
  for (const { channelId, kind, scope } of await desk.database.subscriptions.all())
    if (kind === 'alerts') scopes.set(channelId, [...(scopes.get(channelId) ?? []), scope]);
  return scopes;
};

/** Claims the steps and queues the alert in one transaction: whatever happens afterwards, it is neither lost nor made twice. */
const raise = async (desk: Desk, channelId: string, { unitKey, steps, alert }: Occurrence): Promise<void> => {
  await desk.database.transaction(async (store) => {
    if (await store.alerts.claim(channelId, unitKey, steps, desk.now()))
      await queueAlert(desk, store, channelId, alert);
  });
};

/** Queues what happened for every channel that wants to hear of it and has not yet. Safe to repeat: the claims decide. */
export const raiseAlerts = async (desk: Desk, occurrences: readonly Occurrence[]): Promise<void> => {
  const [hierarchy, channels] = await Promise.all([desk.hierarchy(), subscribedScopes(desk)]);
  for (const occurrence of occurrences)
    for (const [channelId, scopes] of channels)
      if (concerns(scopes, occurrence.scopes, hierarchy)) await raise(desk, channelId, occurrence);
};
