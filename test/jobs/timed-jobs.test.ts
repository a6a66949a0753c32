import { setTimeout as pause } from 'node:timers/promises';
import { TestClock } from 'pg-boss';
import { createCorrelation } from '../../src/observe/create-correlation.ts';
import { openJobs, type OpenJobs } from '../../src/jobs/open-jobs.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { freshStore } from '../store/fresh-database.ts';
import { handlers, until } from './handlers.ts';

describe('the jobs as time goes by', () => {
  let opened: OpenStore;
  let jobs: OpenJobs;
  let clock: TestClock;
  let logged: object[];
  beforeEach(async () => {
    logged = [];
    opened = await freshStore();
    clock = new TestClock(new Date('2026-11-21T12:00:30Z'));
    // As the app has it: what the clock sends carries no id, and has to be done all the same.
    const correlation = createCorrelation();
    const log = { error: (fields: object) => void logged.push(fields) };
    jobs = await openJobs({ sql: opened.sqlForJobs, backend: opened.backend, pause, log, clock, correlation });
  });
  afterEach(async () => {
    await jobs.stop();
    await opened.close();
  });

  it('tries a failed job again later, and logs why without the words of a request', async () => {
    let attempts = 0;
    await jobs.work(
      handlers({
        'publish-request': async () => {
          attempts += 1;
          if (attempts === 1) throw new Error('Failed query, params: SECRET', { cause: new Error('duplicate key') });
        },
      }),
    );
    await jobs.queue.send('publish-request', { reference: 'EX-AAAA' });
    await clock.tick(1500);
    await until(() => logged.length === 1);
    expect(attempts).toBe(1);
    await clock.tick(10_000);
    await until(() => attempts === 2);

    expect(logged).toMatchObject([{ job: 'publish-request', attempt: 1, fault: { message: 'duplicate key' } }]);
    expect(JSON.stringify(logged)).not.toContain('SECRET');
    const { rows } = await opened.sqlForJobs.executeSql('select output::text as output from pgboss.job');
    expect(JSON.stringify(rows)).not.toContain('SECRET');
  });

  it('runs the tick at each full minute', async () => {
    let ticks = 0;
    await jobs.everyMinute(async () => void (ticks += 1));
    await clock.tick(60_000);
    await jobs.idle();
    const before = ticks;
    expect(logged).toEqual([]);
    for (const minutes of [1, 2]) {
      await clock.tick(60_000);
      await jobs.idle();
      expect(ticks).toBe(before + minutes);
    }
  });
});
