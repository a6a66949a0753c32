import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GovernanceError } from '../../core/governance-error.ts';

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/** Two that start at the same moment must not both step back for each other. */
const mostWaitMs = 1000;

/** Who has it, for people only; what counts is the lock. */
const holderOf = (folder: string): string => join(folder, 'holder');

/**
 * Makes a folder ours until the returned function is called or the process is gone, however it ended; GovernanceError invalid while another one has
 * it. The system itself holds the lock, so it counts between containers of one machine as well, where process ids mean nothing.
 */
export const lockFolder = async (folder: string): Promise<() => void> => {
  // An empty database: SQLite is the way to a lock of the system that Node brings along.
  const lock = new DatabaseSync(join(folder, 'in-use'), { timeout: mostWaitMs });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { readonly errcode?: unknown }).errcode !== busy) throw error;
    const holder = await readFile(holderOf(folder), 'utf8').catch(() => 'another process');
    throw new GovernanceError(
      'invalid',
      `The data folder ${folder} is in use by ${holder}. Stop it first, choose another folder, or use PostgreSQL for several replicas.`,
    );
  }
  // Not on a full disk, which is no reason to stay away.
  await writeFile(holderOf(folder), `process ${process.pid} on ${hostname()}`).catch(() => undefined);
  return () => lock.close();
};
