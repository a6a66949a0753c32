import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
