import { fileURLToPath } from 'node:url';
import type { Db } from 'pg-boss';
import type { SqlDatabase } from './drizzle.ts';

/** An opened database, migrated to the current schema. */
export type Engine = {
  readonly backend: 'pglite' | 'postgres';
  readonly database: SqlDatabase;
  /** For the job queue, outside of transactions. */
  readonly ownSql: Db;
  /** One after the other over all processes on this database; whoever waits holds nothing but a connection. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
};

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

export const casing = 'snake_case';
