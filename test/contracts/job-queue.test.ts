import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import type { Jobs } from '../../src/core/desk/job-queue.ts';
import { openJobs } from '../../src/jobs/open-jobs.ts';
import { FakeJobs, type Handlers } from '../fakes/fake-jobs.ts';
import { handlers } from '../jobs/handlers.ts';
import { freshStore } from '../store/fresh-database.ts';
import { describeJobQueue } from './job-queue.ts';

const names = Object.keys(handlers({})) as (keyof Jobs)[];
const handlersOf = (handle: (name: keyof Jobs, data: object) => Promise<void>): Handlers =>
  Object.fromEntries(names.map((name) => [name, (data: object) => handle(name, data)])) as unknown as Handlers;

describeJobQueue('the fakes', async () => {
  const jobs = new FakeJobs();
  return {
    queue: jobs,
    transaction: (work) => jobs.during(work),
    workOnAll: (handle) => jobs.runAll(handlersOf(handle)),
    close: async () => undefined,
  };
});

describeJobQueue('the embedded database', async () => {
  const opened = await freshStore();
  const log = { error: () => undefined };
  const jobs = await openJobs({ sql: opened.sqlForJobs, backend: opened.backend, clock: systemClock, pause, log });
  return {
    queue: jobs.queue,
    transaction: (work) => opened.transaction(work),
    workOnAll: async (handle) => {
      await jobs.work(handlersOf(handle));
      await jobs.idle();
    },
    close: async () => {
      await jobs.stop();
      await opened.close();
    },
  };
});
