import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { fromPglite, type Db } from 'pg-boss';
import { onPglite, type SqlDatabase } from './drizzle.ts';
import { casing, migrationsFolder, type Engine } from './engine.ts';
import { inTurn } from '../../core/in-turn.ts';
import { lockFolder } from './lock-folder.ts';

const { drizzle, migrate } = onPglite;

const inMemory = 'memory://';

/**
 * The engine has one session, and filling 128 MB of buffers at the start would take a second. A timer that reports progress every ten seconds would keep
 * a process alive that is otherwise done.
 */
const settings = ['shared_buffers=8MB', 'max_connections=5', 'log_startup_progress_interval=0'];
const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])];

/** A block with its own BEGIN runs as one transaction of the engine, so that its failure cannot leave the only session in an aborted one. */
const sqlFor = (pglite: PGlite): Db => ({
  ...fromPglite(pglite),
  executeSql: async (text, values) => {
    if (values !== undefined && values.length > 0) return pglite.query(text, values);
    const results = await (/^\s*begin/i.test(text)
      ? pglite.transaction((transaction) => transaction.exec(text))
      : pglite.exec(text));
    return { rows: results.flatMap((result) => result.rows) };
  },
});

type Stopped = { readonly severity?: unknown; readonly name?: unknown };

/** After a PANIC (the disk is full while writing its log) the engine never answers again, and callers would wait for ever. A restart recovers. */
const refuseOnceStopped = (pglite: PGlite): { readonly hasStopped: () => boolean } => {
  let stoppedBy: unknown;
  const watched =
    <Given extends unknown[], Result>(ask: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      if (stoppedBy !== undefined) throw new Error('The embedded engine has stopped', { cause: stoppedBy });
      try {
        return await ask(...given);
      } catch (error) {
        const { severity, name } = error as Stopped;
        if (severity === 'PANIC' || severity === 'FATAL' || name === 'RuntimeError') stoppedBy = error;
        throw error;
      }
    };
  pglite.execProtocol = watched(pglite.execProtocol.bind(pglite));
  pglite.execProtocolStream = watched(pglite.execProtocolStream.bind(pglite));
  return { hasStopped: () => stoppedBy !== undefined };
};

/**
 * Opens the embedded engine in a folder, or in memory for `memory://`, where it can begin with a dump of another database. One process at a time;
 * everything shares one session.
 */
export const openPglite = async (dataDir: string, dump?: Blob): Promise<Engine> => {
  if (dataDir !== inMemory) await mkdir(dataDir, { recursive: true });
  const unlock = dataDir === inMemory ? () => undefined : await lockFolder(dataDir);
  try {
    const pglite = await PGlite.create(dataDir === inMemory ? inMemory : join(dataDir, 'database'), {
      startParams,
      ...(dump === undefined ? {} : { loadDataDir: dump }),
    });
    const { hasStopped } = refuseOnceStopped(pglite);
    const database = drizzle(pglite, { casing });
    await migrate(database, { migrationsFolder });
    return {
      backend: 'pglite',
      database: database as unknown as SqlDatabase,
      ownSql: sqlFor(pglite),
      alone: inTurn(),
      close: async () => {
        if (!hasStopped()) await pglite.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
};
