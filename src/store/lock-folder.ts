import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GovernanceError } from '../core/governance-error.ts';

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** A process by its id and, where the system tells it, the time it started: ids are used again, most of all in containers. */
const identityOf = async (pid: number): Promise<string | undefined> => {
  const stat = await textOf(`/proc/${pid}/stat`);
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  if (started !== undefined) return `${pid} ${started}`;
  try {
    process.kill(pid, 0);
    return String(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? String(pid) : undefined;
  }
};

/** Makes a folder ours until the returned function is called; GovernanceError invalid while another living process has it. */
export const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  const path = join(folder, 'lock');
  const holder = await textOf(path);
  const holderId = Number.parseInt(holder ?? '', 10);
  if (holder !== undefined && holderId !== process.pid && holder === (await identityOf(holderId))) {
    throw new GovernanceError(
      'invalid',
      `The data folder ${folder} is in use by process ${holderId}. Stop it first, choose another folder, or use PostgreSQL for several replicas.`,
    );
  }
  await writeFile(path, (await identityOf(process.pid)) ?? '');
  return () => rm(path, { force: true });
};
