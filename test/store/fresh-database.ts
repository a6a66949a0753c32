import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../../src/store/engine.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export const storeOptions = { hash, newId: randomUUID };

const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const templatePath = (): string => {
  const migrations = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));
  const texts = migrations.sort().map((name) => readFileSync(join(migrationsFolder, name), 'utf8'));
  const engine = readFileSync(new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url), 'utf8');
  return join(folder, `exemption-desk-template-${hash([...texts, engine].join()).slice(0, 16)}`);
};

/** A migrated data folder to copy; made once on this machine. Whoever else makes it at the same time wins or loses by the rename. */
const template = async (): Promise<string> => {
  const path = templatePath();
  if (existsSync(path)) return path;
  const draft = await mkdtemp(join(folder, 'exemption-desk-draft-'));
  const store = await openStore({ dataDir: draft, ...storeOptions });
  await store.close();
  await rename(draft, path).catch(() => rm(draft, { recursive: true, force: true }));
  return path;
};

/** A data folder of one's own, as an earlier run would have left it, and how to remove it. */
export const freshFolder = async (): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(folder, 'exemption-desk-copy-'));
  await cp(await template(), path, { recursive: true });
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
