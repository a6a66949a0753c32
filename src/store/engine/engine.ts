import { fileURLToPath } from 'node:url';
import type { Db } from 'pg-boss';
import type { SqlDatabase } from './drizzle.ts';

/** An opened database, migrated to the current schema. */
export type Engine = {
  readonly backend: 'pglite' | 'postgres';
  readonly database: SqlDatabase;
  /** For the job queue, outside transactions. */
  readonly ownSql: Db;
  /** Runs works one after another across all processes on this database; a waiting one holds only a connection. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
};

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

export const casing = 'snake_case';
