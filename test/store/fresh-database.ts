import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { copyMadeOnce, scratchFolder } from '../../simulator/made-once.ts';
import { migrationsFolder } from '../../src/store/engine/engine.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export const storeOptions = { hash, newId: randomUUID };

const tables = (): readonly string[] => {
  const migrations = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));
  const engine = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
  return [
    'store',
    readFileSync(engine, 'utf8'),
    // Which migrations a database has had is known by their times.
    readFileSync(join(migrationsFolder, 'meta', '_journal.json'), 'utf8'),
    ...migrations.sort().map((name) => readFileSync(join(migrationsFolder, name), 'utf8')),
  ];
};

const makeStore = async (folder: string): Promise<void> => {
  await (await openStore({ dataDir: folder, ...storeOptions })).close();
};

/** A data folder of one's own, as an earlier run would have left it, and how to remove it. */
export const freshFolder = async (): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(scratchFolder, 'exemption-desk-copy-'));
  await copyMadeOnce(tables(), makeStore, path);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** An empty, migrated database on the embedded engine; `close` removes it. */
export const freshStore = async (): Promise<OpenStore> => {
  const { path, remove } = await freshFolder();
  const store = await openStore({ dataDir: path, ...storeOptions });
  return {
    ...store,
    close: async () => {
      await store.close();
      await remove();
    },
  };
};

const dumpOf = async (folder: string): Promise<Blob> => {
  const pglite = await PGlite.create(join(folder, 'database'));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return dump;
};

const makeDump = async (folder: string): Promise<void> => {
  const { path, remove } = await freshFolder();
  const dump = await dumpOf(path);
  await writeFile(join(folder, 'dump.tar'), dump.stream());
  await remove();
};

/** An empty, migrated database in memory: opened in half the time that a folder takes. */
export const storeInMemory = async (): Promise<OpenStore> => {
  const folder = join(scratchFolder, `exemption-desk-dump-${randomUUID()}`);
  await copyMadeOnce(['dump', ...tables()], makeDump, folder);
  const dump = new Blob([await readFile(join(folder, 'dump.tar'))]);
  await rm(folder, { recursive: true });
  return openStore({ dataDir: 'memory://', dump, ...storeOptions });
};
