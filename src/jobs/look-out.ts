import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, ClockTimer, Db } from 'pg-boss';

export type LookOut = {
  /** Looks in a moment, because a job was just put off or has failed. */
  readonly soon: () => void;
  readonly stop: () => void;
};

type LookOutOptions = {
  readonly sql: Db;
  readonly names: readonly string[];
  readonly clock: Clock;
  /** Makes a queue fetch. */
  readonly wake: (name: string) => void;
};

/** A notification that was lost delays its job by at most this time. */
const everyMs = 10_000;
/** The queue records a failure only after its handler has ended. */
const soonMs = 100;

const due = `
  select name, extract(epoch from min(start_after) - pgboss.job_now())::float8 * 1000 as "inMs"
  from pgboss.job
  where name = any($1::text[]) and state in ('created', 'retry')
  group by name`;

/**
 * Wakes the queues whose jobs have become due, to the millisecond. The database notifies only of jobs that are due when they are sent, so this
 * watches over those that wait for their time, and over notifications that did not arrive: one statement every ten seconds for all queues.
 */
export const lookOut = ({ sql, names, clock, wake }: LookOutOptions): LookOut => {
  let timer: ClockTimer;
  let isStopped = false;
  // A look must not join the transaction of whoever asked for it, which may have ended by then.
  const outside = AsyncLocalStorage.snapshot();

  const look = async (): Promise<void> => {
    const { rows } = await sql.executeSql(due, [[...names]]);
    let nextMs = everyMs;
    for (const { name, inMs } of rows as { readonly name: string; readonly inMs: number }[]) {
      if (inMs <= 0) wake(name);
      else nextMs = Math.min(nextMs, inMs);
    }
    lookIn(nextMs);
  };
  const lookIn = (ms: number): void => {
    clock.clearTimeout(timer);
    if (!isStopped) timer = clock.setTimeout(() => void outside(look).catch(() => lookIn(everyMs)), ms);
  };
  lookIn(everyMs);
  return {
    soon: () => lookIn(soonMs),
    stop: () => {
      isStopped = true;
      clock.clearTimeout(timer);
    },
  };
};
