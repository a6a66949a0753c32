import type { World } from '../../simulator/start.ts';

/** What one turn asks of Azure: all calls by the end of their path, and how many of them wait for one another. */
export type CallsOfTurn = { readonly inRow: number; readonly calls: readonly string[] };

const endOf = (call: string): string => {
  const path = call.split(' ')[1] ?? '';
  const [kind, name] = path.slice(path.lastIndexOf('/providers/')).split('/').slice(3);
  return name === undefined ? (path.split('/').at(-1) ?? '') : (kind ?? '');
};

/** The calls to Azure while somebody waits for an answer; what jobs ask afterwards is not counted. */
export const callsOf = async (world: World, turn: () => Promise<unknown>): Promise<CallsOfTurn> => {
  await world.app().idle();
  world.azure.rounds.start();
  await turn();
  const rounds = world.azure.rounds.stop();
  await world.app().idle();
  return { inRow: rounds.length, calls: rounds.flat().map(endOf) };
};
