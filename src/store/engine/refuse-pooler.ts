import type pg from 'pg';
import { GovernanceError } from '../../core/governance-error.ts';
import { placeOf, withSession, type PostgresAccess } from './postgres-connection.ts';

/** A pooler may be several processes, so one other connection does not always meet the one that is tested. */
const othersBehindPooler = 5;

/** A pooler that gives no second connection while the first has a transaction is waited for so long, in milliseconds. */
const answerMs = 10_000;

const processOf = async (session: pg.Client): Promise<number> => {
  const query = { text: 'select pg_backend_pid() as id', query_timeout: answerMs };
  const { rows } = await session.query<{ id: number }>(query);
  return rows[0]?.id ?? 0;
};

/** The server tells its process id while a connection is made; a pooler tells one that it made up. */
const isDirect = (session: pg.Client, process: number): boolean =>
  (session as unknown as { readonly processID: unknown }).processID === process;

/** True if another connection gets the server process of the session, or moves the session to another process. */
const sharesWithOther = (access: PostgresAccess, session: pg.Client, process: number): Promise<boolean> =>
  withSession(access, async (other) => {
    await other.query('begin');
    const shares = (await processOf(other)) === process || (await processOf(session)) !== process;
    await other.query('rollback');
    return shares;
  });

const sharesProcess = (access: PostgresAccess): Promise<boolean> =>
  withSession(access, async (session) => {
    const process = await processOf(session);
    const others = isDirect(session, process) ? 1 : othersBehindPooler;
    for (let other = 0; other < others; other += 1) if (await sharesWithOther(access, session, process)) return true;
    return false;
  });

/** In words of PgBouncer: it refuses our time limits if it was not told to ignore them, or every transaction (pool_mode=statement). */
const words = /unsupported startup parameter|statement pooling mode/;

const isPoolersWord = (error: unknown): boolean => error instanceof Error && words.test(error.message);

/**
 * Throws GovernanceError invalid if the connections go through a pooler such as PgBouncer that gives each transaction another server
 * process. Locks of the session would then be held by nobody, and two replicas could sweep or migrate at once.
 */
export const refusePooler = async (access: PostgresAccess): Promise<void> => {
  const remedy =
    'Set DATABASE_URL to PostgreSQL itself (in Azure port 5432 instead of 6432), or give Exemption Desk a database of the pooler with pool_mode=session';
  try {
    if (!(await sharesProcess(access))) return;
  } catch (error) {
    if (!isPoolersWord(error)) throw error;
    const reason = (error as Error).message;
    throw new GovernanceError(
      'invalid',
      `${placeOf(access)} is behind a pooler such as PgBouncer, which refuses what Exemption Desk needs (${reason}). ${remedy}, where ignore_startup_parameters names statement_timeout, lock_timeout and idle_in_transaction_session_timeout.`,
      { cause: error },
    );
  }
  throw new GovernanceError(
    'invalid',
    `${placeOf(access)} is behind a pooler in transaction mode, such as PgBouncer: different connections share a server process, so the locks of Exemption Desk would not hold, and two replicas could sweep or migrate at once. ${remedy}.`,
  );
};
