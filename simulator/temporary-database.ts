import { existsSync, rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const engineVersion = async (): Promise<string> => {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  return (JSON.parse(await readFile(manifest, 'utf8')) as { readonly version: string }).version;
};

/** A database without anything in it. Making one takes seconds and copying it a moment, so it is made once on this machine. */
const emptyDatabase = async (): Promise<string> => {
  const path = join(tmpdir(), `exemption-desk-empty-database-${await engineVersion()}`);
  if (existsSync(path)) return path;
  const draft = await mkdtemp(join(tmpdir(), 'exemption-desk-draft-'));
  await (await PGlite.create(draft)).close();
  // Somebody else may have made it at the same time.
  await rename(draft, path).catch(() => rm(draft, { recursive: true, force: true }));
  return path;
};

/** Puts an empty database into a data folder of the embedded engine that has none yet. */
export const prepareDatabase = async (folder: string): Promise<void> => {
  const target = join(folder, 'database');
  if (!existsSync(target)) await cp(await emptyDatabase(), target, { recursive: true });
};

/** A data folder of the embedded engine that is thrown away by `remove`, and when the process ends without it. */
export const temporaryDatabase = async (): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'exemption-desk-world-'));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  await prepareDatabase(folder);
  return {
    folder,
    remove: async () => {
      process.off('exit', removeNow);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
