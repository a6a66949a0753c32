/** Why a database took nothing: it cannot be reached or gave no answer in time, it does not let us in, or its disk is full. */
export type DatabaseTrouble = 'silent' | 'closed' | 'full';

/** What is thrown where no password can be had, as when Entra gives no token; the cause says why. */
export const noPassword = 'There is no password for the database';

/** Of the network, as Node names them. */
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
 * Of PostgreSQL: the connection failed (08), no more connections or memory (53), the server stops or starts (57P), its disk fails (58), it took
 * longer than it may (57014, 25P03), and it only reads, as it does in a failover (25006).
 */
const serverCodes = /^(08...|53...|57P..|58...|57014|25P03|25006)$/;

/** Of PostgreSQL: it does not believe who we are, as with a token that has expired. */
const signInCodes = /^28...$/;

/** The driver gives these no code. */
const driverWords =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|Query read timeout|timeout exceeded when trying to connect|PGlite is closed|The embedded engine has stopped|Aborted\()/;

const diskFull: ReadonlySet<string> = new Set(['53100', 'ENOSPC', 'EDQUOT', 'EFBIG']);

/** By its shape: an error of Node itself is not always an instance of the Error that is known here. */
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
    // What the embedded engine throws for good once it has stopped.
    name === 'RuntimeError';
  return isSilent ? 'silent' : undefined;
};

/** What is the matter with the database, by an error or what caused it; undefined for every other fault. */
export const troubleOf = (error: unknown): DatabaseTrouble | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const thrown = error as Thrown;
  // Why there is no password is not the database's affair, even where it is a line that broke.
  return thrown.message === noPassword ? 'closed' : (troubleOf(thrown.cause) ?? one(thrown));
};
