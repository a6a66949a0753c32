import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from './desk.ts';

/** Posts one claimed alert. A channel that is gone closes it; no answer from Teams throws, and the job comes again. */
export const deliverAlert = async (desk: Desk, deliveryId: string): Promise<void> => {
  const delivery = await desk.database.alerts.openDelivery(deliveryId);
  if (delivery === undefined) return;
  const channel = await desk.database.conversations.find(delivery.channelId);
  try {
    if (channel === undefined) throw new GovernanceError('not-found', 'The channel is no longer known.');
    await desk.notifier.post(channel, { kind: 'alert', alert: delivery.alert });
  } catch (error) {
    if (!(error instanceof GovernanceError) || error.code === 'unavailable') throw error;
    await desk.database.alerts.closeDelivery(deliveryId, 'undeliverable', desk.now());
    return;
  }
  await desk.database.alerts.closeDelivery(deliveryId, 'sent', desk.now());
};
