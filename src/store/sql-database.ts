import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** The database of either engine, or an open transaction on it. */
export type SqlDatabase = PgDatabase<PgQueryResultHKT>;
