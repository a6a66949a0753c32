import { execFile } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A separate disk that can be filled. */
export type SmallDisk = {
  readonly folder: string;
  /** Fills it, leaving this many bytes free. */
  readonly fill: (leaving: number) => Promise<void>;
  /** Removes the filling. */
  readonly empty: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** A file system in memory of this many megabytes. Only root may create one. */
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

/** Undefined if a small disk can be created, otherwise a sentence that says why not. */
export const whyNoSmallDisk = (): Promise<string | undefined> =>
  openSmallDisk(1).then(
    async (disk) => {
      await disk.remove();
      return undefined;
    },
    () => 'The full disk was left out: a file system of limited size can be mounted by root only',
  );
