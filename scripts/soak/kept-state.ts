import type { World } from '../../simulator/start.ts';
import { everyRequest } from './every-request.ts';

/** Everything that a refused request must leave unchanged. */
export const stateOf = async (world: World) => {
  const { database } = world.app().desk;
  return {
    requests: await everyRequest(database.requests),
    // Refusals are recorded; nothing else may be.
    ledger: (await database.ledger.read({})).filter(({ event }) => event !== 'refused').map(({ hash }) => hash),
    subscriptions: await database.subscriptions.all(),
    readOnly: await database.switches.readOnly(),
    exemptions: JSON.stringify(world.tenant.exemptions.all()),
  };
};
