import type { Backstage } from '../teams/server.ts';
import { startBridge } from './bridge.ts';
import { startPlayground, type Playground } from './playground-process.ts';
import { playgroundSettings } from './playground-settings.ts';

/** Whom a Playground is for, which channel it has (it can have one besides General), and where it listens; 0 takes any free port. */
export type Seat = { readonly personKey: string; readonly channelName: string; readonly port: number };

export type Playgrounds = {
  /** The address of each page, in the order of the seats. */
  readonly urls: readonly string[];
  readonly close: () => Promise<void>;
};

export type PlaygroundSurroundings = {
  /** Called with what a Playground did not take. */
  readonly complain: (problem: string) => void;
  /** The variables of which a Playground gets the few that a process needs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Starts Microsoft's Playground once for each person, because it knows one user per run, and joins all of them to a simulated Teams. */
export const startPlaygrounds = async (
  backstage: Backstage,
  seats: readonly Seat[],
  { complain, environment }: PlaygroundSurroundings,
): Promise<Playgrounds> => {
  const bridge = await startBridge(backstage, complain);
  const running: Playground[] = [];
  const stops: (() => void)[] = [];
  const close = async (): Promise<void> => {
    stops.forEach((stop) => stop());
    await Promise.all(running.map((playground) => playground.close()));
    await bridge.close();
  };
  const sit = async ({ personKey, channelName, port }: Seat): Promise<string> => {
    const { endpoint, mirror } = bridge.admit(personKey, channelName);
    const settings = playgroundSettings(backstage.directory, personKey, channelName);
    const playground = await startPlayground({ settings, endpoint, port }, environment);
    running.push(playground);
    stops.push(mirror.begin(playground.connectorUrl));
    return playground.url;
  };
  const seated = seats.map(sit);
  try {
    return { urls: await Promise.all(seated), close };
  } catch (error) {
    await Promise.allSettled(seated);
    await close();
    throw error;
  }
};
