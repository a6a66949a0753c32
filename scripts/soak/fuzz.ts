import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEventGrid } from '../../simulator/azure/event-grid.ts';
import { startWorld, type World } from '../../simulator/start.ts';
import { createFuzzRequests, type FuzzRequest } from './fuzz-requests.ts';
import { stateOf } from './kept/kept-state.ts';
import { createDice } from './plan-deaths.ts';
import { recordActivities } from './record-activities.ts';

export type FuzzOptions = {
  /** The number of requests. */
  readonly requests: number;
  readonly seed: number;
  /** Receives progress as a line. */
  readonly tell?: (line: string) => void;
};

export type FuzzReport = {
  /** The number of requests for each HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Faults as sentences. */
  readonly faults: readonly string[];
  /** Bytes of heap in use after a fifth of the requests and at the end, each after a collection. */
  readonly heap: { readonly early: number; readonly late: number };
};

const together = 4;
const forgetEvery = 500;
const tellEvery = 2000;

const usedHeap = (): number => {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

const send = async (world: World, { method, path, headers, body }: FuzzRequest): Promise<number> => {
  const response = await fetch(`${world.app().url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  await response.arrayBuffer();
  return response.status;
};

const shown = ({ method, path, body }: FuzzRequest): string =>
  `${method} ${path} ${(body ?? '')
    .toString()
    .replace(/(.)\1{20,}/g, '$1…')
    .slice(0, 1500)}`;

/** Sends real activities with something wrong; returns how the bot answered, and what it should not have done. */
export const runFuzz = async ({ requests, seed, tell }: FuzzOptions): Promise<FuzzReport> => {
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  // Most are processed after their 200, so failures appear only in the log.
  const logTo = { write: (line: string) => void faults.push(`Logged: ${line.trim().slice(0, 1500)}`) };
  const grid = await createEventGrid('/subscriptions/10000001-0000-4000-8000-000000000000');
  const world = await startWorld({ logLevel: 'error', logTo, events: grid.door });
  const sendOne = async (request: FuzzRequest): Promise<void> => {
    const status = await send(world, request).catch(String);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (typeof status === 'string' || status >= 500) faults.push(`${status}: ${shown(request)}`);
  };
  try {
    const events = [grid.written('a'), grid.written('b', '/subscriptions/else'), grid.handshake(grid.topic)];
    const next = createFuzzRequests(await recordActivities(world), events, createDice(seed));
    const before = JSON.stringify(await stateOf(world));
    let [early, sent] = [0, 0];
    while (sent < requests) {
      const tokens = { teams: `Bearer ${await world.teams.token()}`, eventGrid: `Bearer ${await grid.token()}` };
      const some = Array.from({ length: Math.min(together, requests - sent) }, () => next(tokens));
      await Promise.all(some.map(sendOne));
      if (Math.floor(sent / forgetEvery) < Math.floor((sent + some.length) / forgetEvery)) {
        await world.app().idle();
        world.teams.forget();
      }
      sent += some.length;
      if (early === 0 && sent >= requests / 5) early = usedHeap();
      if (sent % tellEvery === 0) tell?.(`${sent} requests, ${faults.length} faults, ${JSON.stringify(statuses)}`);
    }
    await world.app().idle();
    if (JSON.stringify(await stateOf(world)) !== before)
      faults.push('Something changed that nobody asked for properly.');
    const { replies } = await world.teams.say('bob', 'personal', 'help');
    if (replies.at(-1)?.visibleText.includes('What you can do') !== true)
      faults.push('Nobody is answered properly any more.');
    return { statuses, faults, heap: { early, late: usedHeap() } };
  } finally {
    await world.close();
  }
};
