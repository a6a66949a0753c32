/** silent: the database cannot be reached or gave no answer in time. closed: it refused the sign-in. full: its disk is full. */
export type DatabaseTrouble = 'silent' | 'closed' | 'full';

/** Thrown if there is no password, for example because Entra issued no token; the cause says why. */
export const noPassword = 'There is no password for the database';

/** Network errors, as Node names them. */
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * PostgreSQL: connection failed (08), out of connections or memory (53), server stops or starts (57P), disk failure (58), time limit
 * exceeded (57014, 25P03), read-only during a failover (25006).
 */
const serverCodes = /^(08...|53...|57P..|58...|57014|25P03|25006)$/;

/** PostgreSQL refused the sign-in, for example because a token has expired. */
const signInCodes = /^28...$/;

/** Errors of the driver without a code. */
const driverWords =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|Query read timeout|timeout exceeded when trying to connect|PGlite is closed|The embedded engine has stopped|Aborted\()/;

const diskFull: ReadonlySet<string> = new Set(['53100', 'ENOSPC', 'EDQUOT', 'EFBIG']);

/** Recognised by its shape, because an error of Node is not always an instance of this realm's Error. */
type Thrown = {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
};

const one = ({ name, message, code }: Thrown): DatabaseTrouble | undefined => {
  if (diskFull.has(String(code)) || /No space left on device/i.test(String(message))) return 'full';
  if (signInCodes.test(String(code))) return 'closed';
  const isSilent =
    networkCodes.has(String(code)) ||
    serverCodes.test(String(code)) ||
    driverWords.test(String(message)) ||
    // The embedded engine throws this permanently after it has stopped.
    name === 'RuntimeError';
  return isSilent ? 'silent' : undefined;
};

/** The trouble with the database that an error or one of its causes shows; undefined for every other error. */
export const troubleOf = (error: unknown): DatabaseTrouble | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const thrown = error as Thrown;
  // The reason for a missing password is not trouble of the database, even if it is a broken connection.
  return thrown.message === noPassword ? 'closed' : (troubleOf(thrown.cause) ?? one(thrown));
};
