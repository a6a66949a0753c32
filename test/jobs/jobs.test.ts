import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import { NotSent } from '../../src/core/chat/notifier.ts';
import { openJobs, type OpenJobs } from '../../src/jobs/open-jobs.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { freshStore } from '../store/fresh-database.ts';
import { noPostgres, postgresStore } from '../store/postgres-database.ts';
import { pendingRequest } from '../store/samples.ts';
import { handlers, until } from './handlers.ts';
import { everyRequest } from '../../scripts/soak/kept/every-request.ts';

/** How often a queue looks for what it was not notified of. */
const lookSeconds = 10;

const engines = [
  { engine: 'the embedded engine', open: freshStore, whyNot: undefined },
  { engine: 'PostgreSQL', open: postgresStore, whyNot: noPostgres },
];

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the jobs on ${engine}`, () => {
    let opened: OpenStore;
    let logged: object[];
    const started: OpenJobs[] = [];
    const start = async (): Promise<OpenJobs> => {
      const log = { error: (fields: object) => void logged.push(fields) };
      const jobs = await openJobs({ sql: opened.sqlForJobs, backend: opened.backend, clock: systemClock, pause, log });
      started.push(jobs);
      return jobs;
    };
    beforeEach(async () => {
      logged = [];
      opened = await open();
    });
    afterEach(async () => {
      await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
      await opened.close();
    });

    it('keeps a change and its job together: a rolled-back transaction leaves neither', async () => {
      const jobs = await start();
      const applied: string[] = [];
      const change = (reference: string, fails: boolean) =>
        opened.transaction(async (store) => {
          await store.requests.add(pendingRequest(reference));
          await jobs.queue.send('apply-request', { reference });
          if (fails) throw new Error('rolled back');
        });
      await expect(change('EX-LOST', true)).rejects.toThrow('rolled back');
      await change('EX-KEPT', false);

      await jobs.work(handlers({ 'apply-request': async ({ reference }) => void applied.push(reference) }));
      await jobs.idle();

      expect(applied).toEqual(['EX-KEPT']);
      expect(await everyRequest(opened.store.requests)).toMatchObject([{ reference: 'EX-KEPT' }]);
      expect(logged).toEqual([]);
    });

    it('does a job that was sent while the workers wait, and what that one sends', async () => {
      const jobs = await start();
      const done: string[] = [];
      await jobs.work(
        handlers({
          'apply-request': ({ reference }) =>
            opened.transaction(async () => {
              done.push(`apply ${reference}`);
              await jobs.queue.send('publish-request', { reference });
            }),
          'publish-request': ({ reference }) => opened.transaction(async () => void done.push(`publish ${reference}`)),
          'deliver-alerts': async () => void done.push('deliver'),
        }),
      );
      await jobs.idle();
      await opened.transaction(() => jobs.queue.send('apply-request', { reference: 'EX-AAAA' }));
      await jobs.queue.send('deliver-alerts', {});
      await until(() => done.length === 3);

      expect(done.sort()).toEqual(['apply EX-AAAA', 'deliver', 'publish EX-AAAA']);
      expect(logged).toEqual([]);
    });

    it('outlives a restart: the next start does what was left', async () => {
      const before = await start();
      await before.queue.send('apply-request', { reference: 'EX-AAAA' });
      await before.stop();

      const after = await start();
      const applied: string[] = [];
      await after.work(handlers({ 'apply-request': async ({ reference }) => void applied.push(reference) }));
      await after.idle();

      expect(applied).toEqual(['EX-AAAA']);
    });

    it('works on several requests at once', async () => {
      const jobs = await start();
      const begun: string[] = [];
      await jobs.queue.send('apply-request', { reference: 'EX-AAAA' });
      await jobs.queue.send('apply-request', { reference: 'EX-BBBB' });
      await jobs.work(
        handlers({
          'apply-request': async ({ reference }) => {
            begun.push(reference);
            await until(() => begun.length === 2);
          },
        }),
      );
      await jobs.idle();

      expect(begun.sort()).toEqual(['EX-AAAA', 'EX-BBBB']);
    });

    it('never works twice at once on the same request', async () => {
      const jobs = await start();
      const events: string[] = [];
      for (let sent = 0; sent < 3; sent += 1) await jobs.queue.send('apply-request', { reference: 'EX-AAAA' });
      await jobs.work(
        handlers({
          'apply-request': async () => {
            events.push('begin');
            await opened.store.requests.find('EX-AAAA');
            events.push('end');
          },
        }),
      );
      await jobs.idle();

      expect(events).toEqual(['begin', 'end', 'begin', 'end', 'begin', 'end']);
    });

    it('puts a job off that Teams asked to wait, without counting it as an attempt', async () => {
      const jobs = await start();
      const times: number[] = [];
      const wait = new NotSent('Teams asked Exemption Desk to wait.', 700);
      const failures = [
        wait,
        new AggregateError([wait, new NotSent('Teams asked Exemption Desk to wait.', 100)]),
        undefined,
      ];
      await jobs.queue.send('publish-request', { reference: 'EX-AAAA' });
      await jobs.work(
        handlers({
          'publish-request': async () => {
            times.push(performance.now());
            const failure = failures[times.length - 1];
            if (failure !== undefined) throw failure;
          },
        }),
      );
      await jobs.idle();

      expect(times).toHaveLength(3);
      expect(times[1]! - times[0]!).toBeGreaterThan(650);
      expect(times[2]! - times[1]!).toBeGreaterThan(650);
      expect(logged).toEqual([]);
    });

    it('tries a job again where it failed for other reasons as well', async () => {
      const jobs = await start();
      const failure = new AggregateError([
        new NotSent('Teams asked Exemption Desk to wait.', 1),
        new Error('something else'),
      ]);
      await jobs.queue.send('publish-request', { reference: 'EX-AAAA' });
      let attempts = 0;
      await jobs.work(
        handlers({
          'publish-request': async () => {
            attempts += 1;
            if (attempts === 1) throw failure;
          },
        }),
      );
      await until(() => attempts === 1 && logged.length === 1);

      expect(logged).toMatchObject([{ job: 'publish-request', attempt: 1 }]);
    });

    it('delivers in a moment once, however often that is wished for, and at once whenever it is sent', async () => {
      const jobs = await start();
      let deliveries = 0;
      for (let wish = 0; wish < 5; wish += 1) await jobs.queue.deliverAlertsIn(300);
      await jobs.queue.send('deliver-alerts', {});
      await jobs.queue.send('deliver-alerts', {});
      await jobs.work(handlers({ 'deliver-alerts': async () => void (deliveries += 1) }));
      await jobs.idle();

      expect(deliveries).toBe(3);
    });

    it('tells what waits and what was given up', async () => {
      const jobs = await start();
      await jobs.queue.send('publish-request', { reference: 'EX-AAAA' });
      await jobs.queue.deliverAlertsIn(60_000);
      const health = await jobs.queue.health();

      expect(health).toEqual({
        waiting: [{ job: 'publish-request', count: 1, seconds: expect.any(Number) as number }],
        givenUp: 0,
      });
    });

    it('does all that came while its only worker was busy, without waiting for the next look', async () => {
      const jobs = await start();
      const done: string[] = [];
      let mayEnd = false;
      await jobs.work(
        handlers({
          'clean-up': async ({ cleanupId }) => {
            done.push(cleanupId);
            await until(() => mayEnd);
          },
        }),
      );
      await jobs.queue.send('clean-up', { cleanupId: 'first' });
      await until(() => done.length === 1);
      await opened.transaction(async () => {
        for (const cleanupId of ['second', 'third', 'fourth']) await jobs.queue.send('clean-up', { cleanupId });
      });
      mayEnd = true;
      const from = performance.now();
      await until(() => done.length === 4);

      expect(performance.now() - from).toBeLessThan(lookSeconds * 1000);
      expect(done.sort()).toEqual(['first', 'fourth', 'second', 'third']);
    });

    it('does a job at its time that was put off in a transaction, although nothing notifies of it', async () => {
      const jobs = await start();
      let deliveries = 0;
      await jobs.work(handlers({ 'deliver-alerts': async () => void (deliveries += 1) }));
      await opened.transaction(() => jobs.queue.deliverAlertsIn(300));
      await until(() => deliveries === 1);

      expect(logged).toEqual([]);
    });

    it('does not pile up sweeps', async () => {
      const jobs = await start();
      let sweeps = 0;
      for (let sent = 0; sent < 5; sent += 1) await jobs.queue.send('sweep-exemptions', {});
      await jobs.work(handlers({ 'sweep-exemptions': async () => void (sweeps += 1) }));
      await jobs.idle();

      expect(sweeps).toBe(1);
    });

    it('lets a running job end before it stops', async () => {
      const jobs = await start();
      let [begun, ended, mayEnd] = [false, false, false];
      await jobs.queue.send('apply-request', { reference: 'EX-AAAA' });
      await jobs.work(
        handlers({
          'apply-request': async () => {
            begun = true;
            await until(() => mayEnd);
            ended = true;
          },
        }),
      );
      await until(() => begun);
      const stopped = jobs.stop();
      mayEnd = true;
      await stopped;

      expect(ended).toBe(true);
      expect(await opened.sqlForJobs.executeSql(`select state::text from pgboss.job`)).toMatchObject({
        rows: [{ state: 'completed' }],
      });
    });

    it('says so when the queue cannot be started', async () => {
      const sql = { executeSql: async () => Promise.reject(new Error('permission denied')) };

      await expect(
        openJobs({ sql, backend: opened.backend, clock: systemClock, pause, log: { error: () => undefined } }),
      ).rejects.toThrow('The job queue could not be started in the database.');
    });
  });
}
