import { PgBoss, type Clock, type Db, type Job, type WorkOptions } from 'pg-boss';
import type { Correlation } from '../core/correlation.ts';
import { faultOf } from '../core/fault-of.ts';
import type { JobQueue, Jobs } from '../core/desk/job-queue.ts';
import { jobHealth } from './job-health.ts';
import { logSeldom } from './log-seldom.ts';
import { lookOut } from './look-out.ts';
import { inTurnByKey } from '../core/in-turn.ts';
import { deadLetters, everyMinuteQueue, everyMinuteSettings, queues, superviseSeconds } from './queues.ts';
import { waitAskedFor } from './wait-asked-for.ts';

type JobName = keyof Jobs;

export type JobsOptions = {
  /** SQL that joins the open transaction. */
  readonly sql: Db;
  readonly backend: 'pglite' | 'postgres';
  /** The time and timers of the queue. */
  readonly clock: Clock;
  /** Waits between two checks whether all jobs are done. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Jobs run under the correlation of the work that sent them. */
  readonly correlation?: Correlation;
  readonly log: { readonly error: (fields: object, message: string) => void };
};

export type OpenJobs = {
  readonly queue: JobQueue;
  /**
   * Starts the workers. A handler that throws is run again after growing pauses, so it must be safe to repeat. If Teams asks to wait, the
   * job is postponed by that time, and that counts as no attempt.
   */
  readonly work: (handlers: { readonly [Name in JobName]: (data: Jobs[Name]) => Promise<void> }) => Promise<void>;
  /** Runs something at each full minute on one replica, never twice at once; missed minutes are not made up for. */
  readonly everyMinute: (tick: () => Promise<void>) => Promise<void>;
  /** Resolves when no job is running or waiting, not even for its next attempt. */
  readonly idle: () => Promise<void>;
  /** Lets running jobs end, for at most ten seconds; an unfinished one is run again by the next process. */
  readonly stop: () => Promise<void>;
};

/** The intervals at which a worker fetches that nobody woke: where notifications work, the look-out does that for all queues together. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 * 60 };
/** The intervals at which the queue looks by itself for the minute that it sends, and for jobs that wait for other jobs, of which there are none. */
const seldom = { cronWorkerIntervalSeconds: 10, flowIntervalSeconds: 60 * 60 };
const stopMilliseconds = 10_000;
const idleCheckMilliseconds = 25;

const names = Object.keys(queues) as JobName[];

/** Jobs of one request, or otherwise of one conversation or of one target of a connection, run one after another. */
const groupOf = (data: object) => {
  const { reference, conversationId, target } = data as {
    readonly reference?: string;
    readonly conversationId?: string;
    readonly target?: string;
  };
  const id = reference ?? conversationId ?? target;
  return id === undefined ? {} : { group: { id } };
};

const started = async (boss: PgBoss, notify: boolean): Promise<void> => {
  try {
    await boss.start();
    await boss.createQueue(deadLetters);
    for (const name of names) {
      const { policy, ...settings } = { ...queues[name].queue, notify };
      await boss.createQueue(name, { ...settings, ...(policy === undefined ? {} : { policy }) });
      await boss.updateQueue(name, settings);
    }
    const { policy, ...everyMinute } = { ...everyMinuteSettings.queue, notify };
    await boss.createQueue(everyMinuteQueue, { ...everyMinute, ...(policy === undefined ? {} : { policy }) });
    await boss.updateQueue(everyMinuteQueue, everyMinute);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw new Error('The job queue could not be started in the database.', { cause: error });
  }
};

/** Starts the job queue in an opened database. */
export const openJobs = async ({ sql, backend, clock, pause, correlation, log }: JobsOptions): Promise<OpenJobs> => {
  const notify = sql.listen !== undefined;
  const boss = new PgBoss({
    db: sql,
    backend,
    useListenNotify: notify,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    ...seldom,
    clock,
  });
  boss.on(
    'error',
    logSeldom(log, 'The job queue reported an error', () => clock.now()),
  );
  await started(boss, notify);
  /** The workers of each queue. */
  const workers = new Map<string, string[]>();
  const wake = (name: string): void => workers.get(name)?.forEach((worker) => boss.notifyWorker(worker));
  const watch = lookOut({ sql, names: [...names, everyMinuteQueue], clock, wake });

  /** Only the loggable part of a failure is passed to the queue. */
  const reported = ({ name, id, retryCount }: Job, error: unknown): Error => {
    const fault = faultOf(error);
    log.error({ job: name, jobId: id, attempt: retryCount + 1, fault }, 'A job failed');
    return new Error(fault.message);
  };

  /** What a job carries in addition to its data. */
  const carried = (): { correlation?: string } => {
    const id = correlation?.current();
    return id === undefined ? {} : { correlation: id };
  };
  const underItsId = (job: Job, work: () => Promise<void>): Promise<void> => {
    if (correlation === undefined) return work();
    // Jobs that the schedule sends carry nothing.
    const data = (job.data as object | null) ?? {};
    const id = 'correlation' in data && typeof data.correlation === 'string' ? data.correlation : job.id;
    return correlation.within(id, work);
  };

  /** Runs a job, or puts it off if that is what it asks for. */
  const run = async (name: string, job: Job, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const waitMs = waitAskedFor(error);
      if (waitMs !== undefined) await boss.send(name, job.data, { ...groupOf(job.data), startAfter: waitMs / 1000 });
      watch.soon();
      if (waitMs === undefined) throw reported(job, error);
    }
  };

  const workOn = async (
    name: string,
    { localConcurrency = 1, ...options }: WorkOptions,
    handle: (job: Job) => Promise<void>,
  ): Promise<void> => {
    const inTurn = inTurnByKey();
    for (let started = 0; started < localConcurrency; started += 1) {
      const worker: string = await boss.work<object>(name, { ...polling, ...options }, async ([job]) => {
        if (job === undefined) return;
        // Fetches again as soon as this job has ended: others may have been notified of while every worker was busy.
        boss.notifyWorker(worker);
        await underItsId(job, () => run(name, job, () => inTurn(job.groupId ?? job.id, () => handle(job))));
      });
      workers.set(name, [...(workers.get(name) ?? []), worker]);
    }
  };

  /** The names of the queues in which a job waits or runs. */
  const unfinished = async (): Promise<readonly string[]> => {
    const { rows } = await sql.executeSql(
      `select distinct name from pgboss.job where name = any($1::text[]) and state in ('created', 'retry', 'active')`,
      [[...names, everyMinuteQueue]],
    );
    return (rows as { name: string }[]).map(({ name }) => name);
  };

  return {
    queue: {
      send: async (name, data) => {
        // Each must be a job of its own: an uncommitted one must not swallow that of somebody else.
        const key = name === 'deliver-alerts' || name === 'refresh-alerts' ? { singletonKey: crypto.randomUUID() } : {};
        await boss.send(name, { ...data, ...carried() }, { ...groupOf(data), ...key });
      },
      deliverAlertsIn: async (ms) => {
        await boss.send('deliver-alerts', carried(), { singletonKey: 'later', startAfter: ms / 1000 });
        watch.soon();
      },
      health: () => jobHealth(sql, names),
    },
    work: async (handlers) => {
      for (const name of names) {
        const handle = handlers[name] as (data: object) => Promise<void>;
        await workOn(name, queues[name].work, ({ data }) => handle(data));
      }
    },
    everyMinute: async (tick) => {
      await workOn(everyMinuteQueue, everyMinuteSettings.work, tick);
      await boss.schedule(everyMinuteQueue, '* * * * *');
      // The first minute would be lost otherwise, and lists would ask Azure meanwhile.
      await boss.send(everyMinuteQueue, {});
    },
    idle: async () => {
      for (let busy = await unfinished(); busy.length > 0; busy = await unfinished()) {
        busy.forEach(wake);
        await pause(idleCheckMilliseconds);
      }
    },
    stop: async () => {
      watch.stop();
      await boss.stop({ graceful: true, timeout: stopMilliseconds });
    },
  };
};
