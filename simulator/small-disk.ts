import { execFile } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own that can be filled. */
export type SmallDisk = {
  readonly folder: string;
  /** So many bytes stay free. */
  readonly fill: (leaving: number) => Promise<void>;
  /** Takes away what filled it. */
  readonly empty: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** A file system in memory of so many megabytes. Only root may make one. */
export const openSmallDisk = async (megabytes: number): Promise<SmallDisk> => {
  const folder = await mkdtemp(join(tmpdir(), 'exemption-desk-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    async fill(leaving) {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaving)));
    },
    empty: () => rm(filler, { force: true }),
    async remove() {
      await run('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Undefined where a small disk can be made, else the sentence that says why not. */
export const whyNoSmallDisk = (): Promise<string | undefined> =>
  openSmallDisk(1).then(
    async (disk) => {
      await disk.remove();
      return undefined;
    },
    () => 'The full disk was left out: a file system of limited size can be mounted by root only',
  );
