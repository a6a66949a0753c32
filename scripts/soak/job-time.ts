import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

/** Moves the time of the job queue, which is that of the database, by moving the stored times back. */
export type JobTime = {
  /** Lets half an hour pass while no app runs, so that jobs of a dead app are handed out again. */
  readonly pass: () => Promise<void>;
  /** Makes jobs that pause before their next attempt due now. */
  readonly hurry: () => Promise<void>;
  /** Whether no job runs or waits, not even for its next attempt. */
  readonly isQuiet: () => Promise<boolean>;
  /** Resolves when no job runs or waits, ignoring those that pause before their next attempt. Throws after a minute. */
  readonly quiet: (isOver: () => boolean) => Promise<void>;
  /** Whether an alert about a request is still to be sent, according to the database. */
  readonly isBeingTold: (reference: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

const checkEveryMs = 20;
const patienceMs = 60_000;
const ours = `name in ('apply-request', 'revoke-request', 'clean-up', 'publish-request', 'deliver-alerts', 'sweep-exemptions')`;

export const openJobTime = async (databaseUrl: string): Promise<JobTime> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, migrate: false, max: 2 });
  // A temporary database is dropped with its connections.
  pool.on('error', () => undefined);
  boss.on('error', () => undefined);
  await boss.start();
  const hurry = async (): Promise<void> => {
    await pool.query(`update pgboss.job set start_after = now() where state = 'retry' and start_after > now()`);
    await pool.query('update alert_deliveries set due_at = now() where outcome is null and due_at > now()');
  };
  const anyActive = async (): Promise<boolean> => {
    const { rowCount } = await pool.query(`select 1 from pgboss.job where state = 'active' limit 1`);
    return rowCount !== 0;
  };
  const isQuiet = async (): Promise<boolean> => {
    const { rowCount } = await pool.query(
      `select 1 from pgboss.job where ${ours} and state in ('created', 'retry', 'active') limit 1`,
    );
    return rowCount === 0;
  };
  return {
    hurry,
    isQuiet,
    async pass() {
      const end = Date.now() + patienceMs;
      // PostgreSQL may still be ending what the dead app had begun.
      while (await anyActive()) {
        if (Date.now() > end) throw new Error('A job of a dead app was not handed out again.');
        await pool.query(
          `update pgboss.job set started_on = started_on - interval '30 minutes' where state = 'active'`,
        );
        await pool.query(`update pgboss.queue set monitor_claim_on = monitor_claim_on - interval '30 minutes'`);
        await boss.supervise();
      }
      await pool.query('update inbox set held_until = null');
      await pool.query('update alert_deliveries set taken_until = now() where taken_until > now()');
      await hurry();
    },
    async quiet(isOver) {
      const end = Date.now() + patienceMs;
      while (!isOver() && !(await isQuiet())) {
        if (Date.now() > end) throw new Error('The jobs did not come to rest within a minute.');
        await hurry();
        await pause(checkEveryMs);
      }
    },
    async isBeingTold(reference) {
      const { rowCount } = await pool.query(
        `select 1 from alert_deliveries where closed_at is null and alert->>'reference' = $1 and alert->>'step' <> 'news'`,
        [reference],
      );
      return rowCount !== 0;
    },
    async close() {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
};
