import type { Db } from 'pg-boss';
import { openSession, type PostgresAccess } from './postgres-connection.ts';

type Listen = NonNullable<Db['listen']>;

const firstWaitMs = 1000;
const longestWaitMs = 30_000;
/** A connection that vanished without a word is noticed at the latest after this time and the time limit of one statement. */
const proveEveryMs = 30_000;

/**
 * Hears notifications of PostgreSQL over one connection of its own. A lost connection is opened again, after one second at first and at most
 * thirty later, and `onReconnect` is called each time that it stands, because what was notified meanwhile is lost. Rejects if the first
 * connection fails.
 */
export const listenOn =
  (access: PostgresAccess): Listen =>
  async (channel, onNotification, onReconnect) => {
    let isClosed = false;
    let failures = 0;
    let timer: NodeJS.Timeout | undefined;
    let hangUp = async (): Promise<void> => undefined;

    const connect = async (): Promise<void> => {
      const session = await openSession(access);
      let isLost = false;
      const lost = (): void => {
        if (isLost) return;
        isLost = true;
        clearTimeout(timer);
        void session.end().catch(() => undefined);
        if (!isClosed) connectLater();
      };
      const prove = (): void => {
        timer = setTimeout(() => void session.query('select 1').then(prove, lost), proveEveryMs);
      };
      session.on('end', lost);
      session.on('error', lost);
      session.on('notification', ({ payload }) => {
        if (payload !== undefined) onNotification(payload);
      });
      hangUp = async () => {
        isLost = true;
        clearTimeout(timer);
        await session.end().catch(() => undefined);
      };
      try {
        await session.query(`listen "${channel}"`);
      } catch (error) {
        await hangUp();
        throw error;
      }
      if (isClosed) return hangUp();
      failures = 0;
      prove();
      onReconnect();
    };

    const connectLater = (): void => {
      timer = setTimeout(
        () => {
          connect().catch(() => {
            if (!isClosed) connectLater();
          });
        },
        Math.min(firstWaitMs * 2 ** failures, longestWaitMs),
      );
      failures += 1;
    };

    await connect();
    return {
      close: async () => {
        isClosed = true;
        clearTimeout(timer);
        await hangUp();
      },
    };
  };
