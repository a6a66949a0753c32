import type { World } from '../../simulator/start.ts';

/** Everything that a refused wish must leave as it was. */
export const stateOf = async (world: World) => {
  const { database } = world.app().desk;
  return {
    requests: await database.requests.list({}),
    // Who was refused goes on record; nothing else may.
    ledger: (await database.ledger.read({})).filter(({ event }) => event !== 'refused').map(({ hash }) => hash),
    subscriptions: await database.subscriptions.all(),
    readOnly: await database.switches.readOnly(),
    exemptions: JSON.stringify(world.tenant.exemptions.all()),
  };
};
