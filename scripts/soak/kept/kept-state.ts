import type { ChannelSubscription, SubscriptionStore } from '../../../src/core/alert/subscription.ts';
import type { World } from '../../../simulator/start.ts';
import { everyLedgerRow } from './every-ledger-row.ts';
import { everyRequest } from './every-request.ts';

/** Every subscription, the oldest first; the product never asks for all of them at once, but a test of a small tenant may. */
export const everySubscription = async (
  subscriptions: Pick<SubscriptionStore, 'byChannels'>,
): Promise<ChannelSubscription[]> => {
  const all: ChannelSubscription[] = [];
  for (const kind of ['alerts', 'approvals'] as const)
    for await (const portion of subscriptions.byChannels(kind)) all.push(...portion);
  return all.sort((a, b) => a.subscribedAt.getTime() - b.subscribedAt.getTime());
};

/** Everything that a refused request must leave unchanged. */
export const stateOf = async (world: World) => {
  const { database } = world.app().desk;
  return {
    requests: await everyRequest(database.requests),
    // Refusals are recorded; nothing else may be.
    ledger: (await everyLedgerRow(database.ledger)).filter(({ event }) => event !== 'refused').map(({ hash }) => hash),
    subscriptions: await everySubscription(database.subscriptions),
    readOnly: await database.switches.readOnly(),
    exemptions: JSON.stringify(world.tenant.exemptions.all()),
  };
};
