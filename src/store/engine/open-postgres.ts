import type pg from 'pg';
import { onPostgres, type SqlDatabase } from './drizzle.ts';
import { casing, type Engine } from './engine.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { inTurn } from '../../core/in-turn.ts';
import { listenOn } from './listen.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { troubleOf } from './not-answering.ts';
import { lockSession, notReached, openPool, withSession, type PostgresAccess } from './postgres-connection.ts';
import { refusePooler } from './refuse-pooler.ts';

const { drizzle } = onPostgres;

/** An arbitrary number that no other part of the database locks. */
const sweepLock = 7_213_003;

/** Uses a lock of the session, so that it ends with the process, whatever happens to it. */
const underLock = <Result>(access: PostgresAccess, work: () => Promise<Result>): Promise<Result> =>
  withSession(access, async (session) => {
    await lockSession(session, sweepLock);
    return work();
  });

/** The transaction of drizzle never returns a connection whose BEGIN failed, and returns broken ones as good. */
const transactionsOn =
  (pool: pg.Pool): SqlDatabase['transaction'] =>
  async (work, settings) => {
    const client = await pool.connect();
    let isBroken = false;
    try {
      return await (drizzle(client, { casing }) as unknown as SqlDatabase).transaction(work, settings);
    } catch (error) {
      isBroken = troubleOf(error) !== undefined;
      throw error;
    } finally {
      client.release(isBroken);
    }
  };

/**
 * Opens a PostgreSQL database; replicas that start together migrate one after another. `password` is asked for at each new connection.
 * Throws GovernanceError unavailable if the server does not answer, invalid if it is behind a pooler in transaction mode or its tables
 * are older than this version and belong to another role.
 */
export const openPostgres = async (
  connectionString: string,
  password: (() => Promise<string>) | undefined,
): Promise<Engine> => {
  const access = { url: connectionString, password };
  try {
    await refusePooler(access);
    await migratePostgres(access);
  } catch (error) {
    const trouble = error instanceof GovernanceError ? undefined : troubleOf(error);
    throw trouble === undefined ? error : notReached(access, error, trouble);
  }
  const pool = openPool(access);
  const turn = inTurn();
  return {
    backend: 'postgres',
    database: Object.assign(drizzle(pool, { casing }) as unknown as SqlDatabase, { transaction: transactionsOn(pool) }),
    ownSql: { executeSql: (text, values) => pool.query(text, values), listen: listenOn(access) },
    // First in this process, so that only one connection waits for other processes.
    alone: (work) => turn(() => underLock(access, work)),
    close: () => pool.end(),
  };
};
