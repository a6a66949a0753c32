import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { temporaryPostgres } from '../../../simulator/temporary-postgres.ts';
import { migrationsFolder } from '../../../src/store/engine/engine.ts';
import { noPostgres } from '../postgres-database.ts';

type Database = {
  readonly run: (text: string) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
};

const embedded = async (): Promise<Database> => {
  const database = new PGlite();
  return {
    run: async (text) => (await database.exec(text)).at(-1)?.rows ?? [],
    close: () => database.close(),
  };
};

const onServer = async (): Promise<Database> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    run: async (text) => {
      const results = (await client.query(text)) as unknown as { rows: Record<string, unknown>[] }[] | { rows: [] };
      return (Array.isArray(results) ? results.at(-1)?.rows : results.rows) ?? [];
    },
    close: async () => {
      await client.end();
      await remove();
    },
  };
};

const files = readdirSync(migrationsFolder)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const sqlOf = (name: string): string => readFileSync(join(migrationsFolder, name), 'utf8');

/** Brings an empty database to where it was before a migration. */
export const migrateUntil = async ({ run }: Database, migration: string): Promise<void> => {
  for (const name of files.filter((each) => each < migration)) await run(sqlOf(name));
};

export const migrateBy = async ({ run }: Database, migration: string): Promise<void> => {
  await run(sqlOf(files.find((name) => name.startsWith(migration)) ?? migration));
};

/** An empty database without any table, of either engine. */
export const bareEngines = [
  { engine: 'the embedded engine', open: embedded, whyNot: undefined },
  { engine: 'PostgreSQL', open: onServer, whyNot: noPostgres },
];
