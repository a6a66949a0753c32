import type { PgDatabase, PgQueryResultHKT } from './drizzle.ts';

/** The database of either engine, or an open transaction on it. */
export type SqlDatabase = PgDatabase<PgQueryResultHKT>;
