import type { Db } from 'pg-boss';
import type { QueueHealth } from '../core/desk/job-queue.ts';
import { deadLetters } from './queues.ts';

const waitingNow = `
  select name as job, count(*)::int as count, extract(epoch from now() - min(start_after))::int as seconds
  from pgboss.job
  where name = any($1::text[]) and state in ('created', 'retry') and start_after <= now()
  group by name
  order by name`;

const keptAsDead = `select count(*)::int as count from pgboss.job where name = $1 and state = 'created'`;

/** The state of the queues, read from their table. */
export const jobHealth = async (sql: Db, names: readonly string[]): Promise<QueueHealth> => {
  const [waiting, dead] = [
    await sql.executeSql(waitingNow, [[...names]]),
    await sql.executeSql(keptAsDead, [deadLetters]),
  ];
  return {
    waiting: waiting.rows as QueueHealth['waiting'],
    givenUp: (dead.rows as { count: number }[])[0]?.count ?? 0,
  };
};
