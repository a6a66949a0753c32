import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startSurroundings } from '../../simulator/start.ts';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { settingIn } from '../soak/outages.ts';
import type { IdleAnswer, IdleOrder } from './idle-process.ts';
import { startSmallProcess } from './small-process.ts';

const minuteMs = 60_000;
const mostTransactions = 2;
const mostCpuMs = 3;
/** A session of PostgreSQL that does nothing hands in what it counted after ten seconds. */
const untilWrittenMs = 12_000;

/** Counted by a client outside of the measured database, so that it does not count itself. */
const transactionsIn = async (counter: pg.Client, database: string): Promise<number> => {
  await counter.query('select pg_stat_clear_snapshot()');
  const { rows } = await counter.query<{ n: string }>(
    'select xact_commit + xact_rollback as n from pg_stat_database where datname = $1',
    [database],
  );
  return Number(rows[0]?.n);
};

/** The cost of the product while nobody asks for anything: Contoso on PostgreSQL, with the tick of each minute and a sweep every five. */
export const benchIdle = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } }, strict: false });
  const minutes = Number(values.minutes);
  const { databaseUrl, remove } = await temporaryPostgres();
  const database = new URL(databaseUrl).pathname.slice(1);
  const counter = new pg.Client({ connectionString: databaseUrl.replace(database, 'postgres') });
  await counter.connect();
  const product = startSmallProcess<IdleOrder, IdleAnswer>('./idle-process.ts');
  let url = '';
  const around = await startSurroundings({ answered: async () => undefined }, () => url);
  try {
    url = (await product.ask({ start: settingIn(around, { url: databaseUrl }) })).url ?? '';
    await around.teams.installAll();
    await product.ask({ do: 'settle' });
    await pause(untilWrittenMs);
    // The first minute after a start still collects what the start left behind.
    await pause(minuteMs);
    await product.ask({ do: 'cpu' });
    const before = await transactionsIn(counter, database);
    let cpuMs = 0;
    for (let minute = 1; minute <= minutes; minute += 1) {
      await pause(minuteMs);
      const spent = (await product.ask({ do: 'cpu' })).cpuMs ?? 0;
      console.log(`  minute ${minute}: ${(spent / 60).toFixed(2)} ms of processor time a second`);
      cpuMs += spent;
    }
    await pause(untilWrittenMs);
    const transactions = (await transactionsIn(counter, database)) - before;
    const seconds = minutes * 60;
    const [eachSecond, cpuEachSecond] = [transactions / seconds, cpuMs / seconds];
    console.log(`At rest for ${minutes} minutes, a second of them:`);
    console.log(`  transactions of the database  ${eachSecond.toFixed(2)} (≤ ${mostTransactions})`);
    console.log(`  processor time                ${cpuEachSecond.toFixed(2)} ms (≤ ${mostCpuMs})`);
    return eachSecond <= mostTransactions && cpuEachSecond <= mostCpuMs;
  } finally {
    await product.close();
    await around.teams.close();
    await around.azure.close();
    await counter.end();
    await remove();
  }
};
