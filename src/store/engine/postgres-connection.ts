import pg from 'pg';
import { faultOf } from '../../core/fault-of.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { DatabaseTrouble } from './not-answering.ts';
import { PostgresClient } from './postgres-client.ts';

/** `password` replaces the one in the URL and is asked for at each new connection. */
export type PostgresAccess = { readonly url: string; readonly password: (() => Promise<string>) | undefined };

/** Per replica; two more hold locks while it starts or sweeps. */
const connectionsAtOnce = 10;

/** Time limits that detect a server that vanished silently, in milliseconds; docs/scale.md names them. */
const reaching = {
  application_name: 'exemption-desk',
  connectionTimeoutMillis: 4000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;

/** Opening a connection costs both sides more than keeping it for the next minute's work. */
const idleTimeoutMillis = 5 * 60_000;

/** The server gives up first, so that a slow statement does not cost a connection. */
const answering = {
  statement_timeout: 10_000,
  query_timeout: 12_000,
  idle_in_transaction_session_timeout: 30_000,
} as const;

/** For locks and migrations, which may take long; a waiting lock is requested again at this interval. */
const lockTimeout = 30_000;

/**
 * Split into parts, because in pg the empty password of a connection string takes precedence over a function. A token never travels without
 * TLS, unless the URL says so.
 */
const whereTo = ({ url, password }: PostgresAccess): pg.ClientConfig => {
  if (password === undefined) return { connectionString: url };
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

/** A connection without an answer still waits for it, and would fail its next user. */
const endWhenSilent = (client: pg.ClientBase): void => {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const watched = (...given: unknown[]): unknown => {
    const answer = query(...given);
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout')
          void (client as unknown as Pick<pg.Client, 'end'>).end().catch(() => undefined);
      });
    return answer;
  };
  client.query = watched as typeof client.query;
};

/** Compiling a statement, as PostgreSQL does where it expects much work, takes longer than running any of ours: 150 ms of 230 in a report. */
const withoutCompiling = async (client: pg.ClientBase): Promise<void> => {
  await client.query('set jit = off');
};

/** Connections for everything short. A broken one is replaced at the next query and never ends the process. */
export const openPool = (access: PostgresAccess): pg.Pool => {
  const pool = new pg.Pool({
    ...whereTo(access),
    ...reaching,
    ...answering,
    max: connectionsAtOnce,
    idleTimeoutMillis,
    Client: PostgresClient,
    // The pool waits for what it returns, whatever its type says.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    onConnect: withoutCompiling,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // While a connection is in use nobody else listens to it, and an unhandled error event would end the process.
    client.on('error', () => undefined);
    endWhenSilent(client);
  });
  return pool;
};

/** A connection outside of the pool, whose session its owner ends. Its errors never end the process. */
export const openSession = async (access: PostgresAccess, limits: pg.ClientConfig = answering): Promise<pg.Client> => {
  const session = new PostgresClient({ ...whereTo(access), ...reaching, ...limits });
  session.on('error', () => undefined);
  await session.connect();
  return session;
};

/** One connection for one work, closed afterwards, so that its locks are always released. */
export const withSession = async <Result>(
  access: PostgresAccess,
  work: (session: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const session = await openSession(access, { lock_timeout: lockTimeout });
  try {
    return await work(session);
  } finally {
    await session.end().catch(() => undefined);
  }
};

const isLockTimeout = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '55P03';

/** Waits for a lock of the session as long as somebody else has it; throws if the server does not answer. */
export const lockSession = async (session: pg.Client, lock: number): Promise<void> => {
  const query = { text: 'select pg_advisory_lock($1)', values: [lock], query_timeout: lockTimeout + 5000 };
  for (let has = false; !has;) {
    has = await session.query(query).then(
      () => true,
      (error: unknown) => {
        if (!isLockTimeout(error)) throw error;
        return false;
      },
    );
  }
};

/** Host and database in words, never the user or the password. */
export const placeOf = ({ url }: PostgresAccess): string => {
  const { host, pathname } = new URL(url);
  return `PostgreSQL at ${host}${pathname}`;
};

/** The error for a database that cannot be reached at the start, with the reason. */
export const notReached = (access: PostgresAccess, error: unknown, trouble: DatabaseTrouble): GovernanceError => {
  const [place, reason] = [placeOf(access), faultOf(error).message];
  const sentence =
    trouble === 'closed'
      ? `${place} refused the sign-in of Exemption Desk (${reason}). Check user and password in DATABASE_URL, where a % in the password is written %25; with DATABASE_AUTH=entra the user must be the name of its identity.`
      : `${place} does not answer (${reason}). Check DATABASE_URL, that the server is running, and that its firewall admits this machine.`;
  return new GovernanceError('unavailable', sentence, { cause: error });
};
