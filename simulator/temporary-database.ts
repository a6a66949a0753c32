import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { copyMadeOnce, scratchFolder } from './made-once.ts';

const root = new URL('../', import.meta.url);
const lockfile = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly version: string } | undefined>>;
};
const versionOf = (name: string): string =>
  `${name} ${lockfile.packages[`node_modules/${name}`]?.version ?? 'of none'}`;

const engine = versionOf('@electric-sql/pglite');

/** Everything that the tables depend on. */
const tables = (): readonly string[] => {
  const migrations = new URL('src/store/migrations/', root);
  const files = readdirSync(migrations).filter((name) => name.endsWith('.sql'));
  // Which migrations a database has had is known by their times, which stand in the journal.
  return [
    engine,
    versionOf('pg-boss'),
    ...[...files.sort(), 'meta/_journal.json'].map((name) => readFileSync(new URL(name, migrations), 'utf8')),
  ];
};

/** Creates an empty database in a data folder of the embedded engine that has none yet. */
export const prepareDatabase = async (folder: string): Promise<void> => {
  const target = join(folder, 'database');
  if (existsSync(target)) return;
  await copyMadeOnce([engine], async (draft) => (await PGlite.create(draft)).close(), target);
};

/**
 * A data folder of the embedded engine that `remove` deletes, or the end of the process. All tables are there and empty; `makeTables`
 * creates them in an empty one.
 */
export const temporaryDatabase = async (
  makeTables: (folder: string) => Promise<void>,
): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> => {
  const folder = await mkdtemp(join(scratchFolder, 'exemption-desk-world-'));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  const make = async (draft: string): Promise<void> => {
    await prepareDatabase(draft);
    await makeTables(draft);
  };
  await copyMadeOnce(tables(), make, folder);
  return {
    folder,
    remove: async () => {
      process.off('exit', removeNow);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
