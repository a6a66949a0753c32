import { env } from 'node:process';
import { startWorld as start, type World, type WorldOptions } from '../simulator/start.ts';

export type { World, WorldOptions };

/** The moment at which every simulated world of the tests starts, unless `WORLD_STARTS` names another: a Tuesday morning. */
export const worldStarts = Date.parse(env.WORLD_STARTS ?? '2026-12-01T08:00:00Z');

/** A time that runs like the real one from the given moment, in milliseconds since 1970. */
export const timeFrom = (moment: number): (() => number) => {
  const startedAt = Date.now();
  return () => moment + (Date.now() - startedAt);
};

/**
 * Starts the simulated world at the same moment in every run, so that no result depends on the day of the run:
 * a weekly report, a change to summer time and a half-year are met by a test when it moves the clock there.
 */
export const startWorld = (options: WorldOptions = {}): Promise<World> =>
  start({ time: timeFrom(worldStarts), ...options });
