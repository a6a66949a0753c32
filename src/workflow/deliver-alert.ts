import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from './desk.ts';

/** Posts one claimed alert, to a channel or to somebody whom it concerns. A channel that is gone or has unsubscribed meanwhile closes it; no answer from Teams throws, and the job comes again. */
export const deliverAlert = async (desk: Desk, deliveryId: string): Promise<void> => {
  const delivery = await desk.database.alerts.openDelivery(deliveryId);
  if (delivery === undefined) return;
  const [channel, subscriptions] = await Promise.all([
    desk.database.conversations.find(delivery.channelId),
    desk.database.subscriptions.all(),
  ]);
  const subscribed = subscriptions.some((each) => each.channelId === delivery.channelId && each.kind === 'alerts');
  const wanted = subscribed || channel?.kind === 'personal';
  try {
    if (channel === undefined || !wanted)
      throw new GovernanceError('not-found', 'The channel wants no alerts any more.');
    await desk.notifier.post(channel, { kind: 'alert', alert: delivery.alert });
  } catch (error) {
    if (!(error instanceof GovernanceError) || error.code === 'unavailable') throw error;
    await desk.database.alerts.closeDelivery(deliveryId, 'undeliverable', desk.now());
    return;
  }
  await desk.database.alerts.closeDelivery(deliveryId, 'sent', desk.now());
};
