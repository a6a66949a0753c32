import { createRequire } from 'node:module';
import type * as drizzle from 'drizzle-orm';
import type * as postgres from 'drizzle-orm/node-postgres';
import type * as postgresMigrator from 'drizzle-orm/node-postgres/migrator';
import type * as core from 'drizzle-orm/pg-core';
import type * as pglite from 'drizzle-orm/pglite';
import type * as pgliteMigrator from 'drizzle-orm/pglite/migrator';

export type { AnyColumn, SQL } from 'drizzle-orm';
export type { PgTable } from 'drizzle-orm/pg-core';

// As CommonJS: for each of its ES modules Node would parse its package.json of 179 KB (docs/decisions/2026-11-28-drizzle-as-commonjs.md).
const load = createRequire(import.meta.url);
const words = load('drizzle-orm') as typeof drizzle;
const tables = load('drizzle-orm/pg-core') as typeof core;

export const { and, asc, count, countDistinct, desc, eq, gt, gte, inArray } = words;
export const { exists, getTableColumns, notExists, notInArray } = words;
export const { isNotNull, isNull, like, lt, lte, min, ne, not, or, sql, sum } = words;

export const { alias, bigint, boolean, doublePrecision, index, integer, jsonb } = tables;
export const { pgTable, serial, text, uniqueIndex, uuid } = tables;
/** Of its two forms only the old one is deprecated. */
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const { primaryKey } = tables;

export const onPostgres = {
  ...(load('drizzle-orm/node-postgres') as typeof postgres),
  ...(load('drizzle-orm/node-postgres/migrator') as typeof postgresMigrator),
};

export const onPglite = {
  ...(load('drizzle-orm/pglite') as typeof pglite),
  ...(load('drizzle-orm/pglite/migrator') as typeof pgliteMigrator),
};

/** An instant, to the millisecond. */
export const instant = () => tables.timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** The database of either engine, or an open transaction on it. */
export type SqlDatabase = core.PgDatabase<core.PgQueryResultHKT>;
