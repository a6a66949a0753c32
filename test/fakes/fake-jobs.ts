import { AsyncLocalStorage } from 'node:async_hooks';
import type { JobQueue, Jobs } from '../../src/core/desk/job-queue.ts';

export type Job = { readonly [Name in keyof Jobs]: { readonly name: Name; readonly data: Jobs[Name] } }[keyof Jobs];
export type Handlers = { readonly [Name in keyof Jobs]: (data: Jobs[Name]) => Promise<void> };

/** Jobs of which one that waits is enough. */
const oneIsEnough: readonly (keyof Jobs)[] = ['sweep-exemptions'];

/** Keeps jobs until they are asked for. What is sent in a transaction is there once that is committed. */
export class FakeJobs implements JobQueue {
  readonly waiting: Job[] = [];
  /** In how many milliseconds alerts are to be delivered, where that was wished for. */
  later: number | undefined;
  readonly #open = new AsyncLocalStorage<Job[]>();

  readonly send: JobQueue['send'] = async (name, data) => {
    const job = { name, data } as Job;
    const sent = this.#open.getStore();
    if (sent === undefined) this.#add(job);
    else sent.push(job);
  };

  readonly deliverAlertsIn: JobQueue['deliverAlertsIn'] = async (ms) => {
    this.later ??= ms;
  };

  readonly health: JobQueue['health'] = async () => {
    const byName = Map.groupBy(this.waiting, ({ name }) => name);
    return {
      waiting: [...byName]
        .map(([job, jobs]) => ({ job, count: jobs.length, seconds: 0 }))
        .toSorted((a, b) => a.job.localeCompare(b.job)),
      givenUp: 0,
    };
  };

  /** Runs a transaction, and keeps what it sends where it is committed. */
  readonly during = async <Result>(transaction: () => Promise<Result>): Promise<Result> => {
    const sent: Job[] = [];
    const result = await this.#open.run(sent, transaction);
    for (const job of sent) this.#add(job);
    return result;
  };

  /** The jobs that wait, as `apply-request EX-0001`, oldest first. */
  readonly names = (): string[] =>
    this.waiting.map(({ name, data }) => ['reference' in data ? `${name} ${data.reference}` : name].join(''));

  /** Works on all that waits, and on what that sends, one after the other. What throws is put back and its error is thrown. */
  readonly runAll = async (handlers: Handlers): Promise<void> => {
    for (let job = this.waiting.shift(); job !== undefined; job = this.waiting.shift()) {
      try {
        await (handlers[job.name] as (data: Jobs[keyof Jobs]) => Promise<void>)(job.data);
      } catch (error) {
        this.waiting.unshift(job);
        throw error;
      }
    }
  };

  readonly #add = (job: Job): void => {
    const isKnown = oneIsEnough.includes(job.name) && this.waiting.some(({ name }) => name === job.name);
    if (!isKnown) this.waiting.push(job);
  };
}
