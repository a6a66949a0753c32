import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Clock } from './clock.ts';
import type { TeamsSimulator } from './teams/server.ts';
import type { KeptTenant } from './tenant/kept-tenant.ts';

/** Everything of the simulated world that a later run continues with; faults end with the run. */
export type KeptWorld = {
  readonly version: typeof currentVersion;
  /** Which tenant it is, and how large; Contoso without it. */
  readonly about?: string;
  /** How far the simulated clock is ahead of the real one. */
  readonly aheadInMs: ReturnType<Clock['ahead']>;
  readonly tenant: KeptTenant;
  readonly teams: ReturnType<TeamsSimulator['kept']>;
};

export const currentVersion = 1;

const usualPauseInMs = 2_000;

/** The world of an earlier run in this file; undefined if there is none. Throws for a file that this version cannot read. */
export const readKeptWorld = async (path: string): Promise<KeptWorld | undefined> => {
  if (!existsSync(path)) return undefined;
  const kept = JSON.parse(await readFile(path, 'utf8')) as { readonly version?: unknown };
  if (kept.version !== currentVersion)
    throw new Error(`${path} was written by another version of the simulator. Remove its folder to begin anew.`);
  return kept as KeptWorld;
};

/** Writes the world to the file repeatedly, as a whole or not at all; stopping writes it a last time. */
export const keepWorld = (path: string, take: () => KeptWorld, pauseInMs = usualPauseInMs) => {
  let written = '';
  let last = Promise.resolve();
  const saveIfChanged = async (): Promise<void> => {
    const text = JSON.stringify(take());
    if (text === written) return;
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
    written = text;
  };
  const save = (): Promise<void> => (last = last.catch(() => undefined).then(saveIfChanged));
  // A failed save is tried again next time; the last one throws.
  const timer = setInterval(() => void save().catch(() => undefined), pauseInMs).unref();
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await save();
    },
  };
};
