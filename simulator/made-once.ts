import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inMemory = '/dev/shm';
const roomForDatabases = 2 * 1024 ** 3;

const isRoomy = async (folder: string): Promise<boolean> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > roomForDatabases;
};

/** The place of temporary databases: in memory if there is enough, because each has a thousand files. */
export const scratchFolder = existsSync(inMemory) && (await isRoomy(inMemory)) ? inMemory : tmpdir();

/**
 * Copies a folder that takes seconds to make to `target`, which must not exist yet. It is made once on this machine for each `key`, which
 * names everything it depends on. If two processes make it at the same time, one result is discarded.
 */
export const copyMadeOnce = async (
  key: readonly string[],
  make: (folder: string) => Promise<void>,
  target: string,
): Promise<void> => {
  const name = createHash('sha256').update(key.join('\n')).digest('hex').slice(0, 16);
  const path = join(scratchFolder, `exemption-desk-made-once-${name}`);
  if (!existsSync(path)) {
    const draft = await mkdtemp(join(scratchFolder, 'exemption-desk-draft-'));
    await make(draft);
    await rename(draft, path).catch(() => rm(draft, { recursive: true, force: true }));
  }
  await cp(path, target, { recursive: true });
};
