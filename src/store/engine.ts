import { fileURLToPath } from 'node:url';
import type { Db } from 'pg-boss';
import type { SqlDatabase } from './sql-database.ts';

/** An opened database, migrated to the current schema. */
export type Engine = {
  readonly backend: 'pglite' | 'postgres';
  readonly database: SqlDatabase;
  /** For the job queue, outside of transactions. */
  readonly ownSql: Db;
  readonly close: () => Promise<void>;
};

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

export const casing = 'snake_case';
