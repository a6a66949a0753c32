import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { casing, migrationsFolder, type Engine } from './engine.ts';
import { inTurn } from './in-turn.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Any numbers that no other part of the database locks. */
const [migrationLock, sweepLock] = [7_213_002, 7_213_003];

const migrateAlone = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    const database = drizzle(client, { casing });
    await database.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await migrate(database, { migrationsFolder });
  } finally {
    // Ends the session and with it the lock, whatever happened.
    client.release(true);
  }
};

/** Holds a lock of the session, so that it ends with the process whatever happens to that. */
const underLock = async <Result>(pool: pg.Pool, work: () => Promise<Result>): Promise<Result> => {
  const client = await pool.connect();
  // A connection that breaks meanwhile loses the lock, and the next query of the work fails by itself.
  client.on('error', () => undefined);
  try {
    await client.query('select pg_advisory_lock($1)', [sweepLock]);
    return await work();
  } finally {
    client.release(true);
  }
};

/** Taken apart because in pg the empty password of a connection string wins over a function. A token never travels without TLS unless the URL says so. */
const withPassword = (url: string, password: () => Promise<string>): pg.PoolConfig => {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? 5432 : Number(port),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: searchParams.get('sslmode') !== 'disable',
    password,
  };
};

/** Opens a PostgreSQL database; replicas that start together migrate one after the other. `password` is asked anew for each connection. */
export const openPostgres = async (
  connectionString: string,
  password: (() => Promise<string>) | undefined,
): Promise<Engine> => {
  const pool = new pg.Pool({
    ...(password === undefined ? { connectionString } : withPassword(connectionString, password)),
    application_name: 'exemption-desk',
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that the server drops is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await migrateAlone(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const turn = inTurn();
  return {
    backend: 'postgres',
    database: drizzle(pool, { casing }) as unknown as SqlDatabase,
    ownSql: { executeSql: (text, values) => pool.query(text, values) },
    // Here first, so that only one connection waits for the other processes.
    alone: (work) => turn(() => underLock(pool, work)),
    close: () => pool.end(),
  };
};
