import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GovernanceError } from '../../core/governance-error.ts';

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/** Two processes that start at the same moment must not both give way. */
const mostWaitMs = 1000;

/** Names the process that has it, for people only; the lock decides. */
const holderOf = (folder: string): string => join(folder, 'holder');

/**
 * Locks a folder until the returned function is called or the process ends, however it ends. Throws GovernanceError invalid while another
 * process has it. The operating system holds the lock, so it also works between containers of one machine, where process ids mean nothing.
 */
export const lockFolder = async (folder: string): Promise<() => void> => {
  // An empty database: SQLite is the one file lock of the operating system that Node provides.
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
  // A full disk is no reason not to start.
  await writeFile(holderOf(folder), `process ${process.pid} on ${hostname()}`).catch(() => undefined);
  return () => lock.close();
};
