import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import { startOwnPostgres, whyNoOwnPostgres, type OwnPostgres } from '../../../simulator/own-postgres.ts';
import { startWorld, type World } from '../../world.ts';
import { faultOf } from '../../../src/core/fault-of.ts';
import { StoreUnavailable } from '../../../src/core/store-unavailable.ts';
import { openJobs, type OpenJobs } from '../../../src/jobs/open-jobs.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';
import { handlers, until } from '../../jobs/handlers.ts';
import { storeOptions } from '../../store/fresh-database.ts';
import { draft } from '../../store/samples.ts';

const nothing = 'The database does not answer; nothing was recorded. Please try again in a minute.';
const maybe =
  'The database stopped answering; what you decided or sent may have been recorded before that. To check in a minute, send: requests';

/** A real server that stops and starts, and says so in its own words: a line that is cut never does. */
(whyNoOwnPostgres === undefined ? describe : describe.skip)(whyNoOwnPostgres ?? 'a PostgreSQL that restarts', () => {
  let server: OwnPostgres;
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);

  beforeAll(async () => {
    server = await startOwnPostgres();
    process.on('unhandledRejection', hear);
  });
  afterAll(async () => {
    process.off('unhandledRejection', hear);
    await server.remove();
  });

  describe('under a store', () => {
    let opened: OpenStore;
    let jobs: OpenJobs;
    const applied: string[] = [];

    beforeAll(async () => {
      opened = await openStore({ databaseUrl: server.databaseUrl, ...storeOptions });
      jobs = await openJobs({
        sql: opened.sqlForJobs,
        backend: opened.backend,
        clock: systemClock,
        pause,
        log: { error: () => undefined },
      });
      await jobs.work(handlers({ 'apply-request': async ({ reference }) => void applied.push(reference) }));
    });
    afterAll(async () => {
      await jobs.stop();
      await opened.close();
    });

    /** Does something again and again; `wrong` is every failure that is no plain sentence. */
    const busyWith = (work: () => Promise<unknown>) => {
      const busy = { done: 0, reasons: new Set<string>(), wrong: [] as unknown[], isOver: false };
      const ended = (async () => {
        while (!busy.isOver)
          await work().then(
            () => (busy.done += 1),
            (error: unknown) => {
              if (!(error instanceof StoreUnavailable) || ![nothing, maybe].includes(error.message))
                busy.wrong.push(error);
              busy.reasons.add(faultOf(error).message);
            },
          );
      })();
      return Object.assign(busy, { ended });
    };

    it.each(['fast', 'immediate'] as const)('tells everybody plainly, and is back by itself (%s)', async (how) => {
      const { store, transaction, sqlForJobs } = opened;
      const busy = [
        busyWith(() => store.drafts.find(draft.id)),
        busyWith(() => sqlForJobs.executeSql('select pg_sleep(0.5)')),
        busyWith(() => transaction((inside) => inside.drafts.save(draft))),
      ];
      const allDidMore = (): Promise<void> => {
        const before = busy.map(({ done }) => done);
        return until(() => busy.every(({ done }, index) => done > (before[index] ?? 0)));
      };
      const sweep = Promise.withResolvers<string>();
      const alone = store.sweeps.alone(() => sweep.promise);
      await allDidMore();
      await server.restart(how);
      await allDidMore();
      sweep.resolve('swept');
      expect(await alone).toBe('swept');
      for (const each of busy) each.isOver = true;
      await Promise.all(busy.map(({ ended }) => ended));

      expect(busy.flatMap(({ wrong }) => wrong)).toEqual([]);
      const reasons = busy.map((each) => [...each.reasons]);
      for (const each of reasons) expect(each).not.toEqual([]);
      // 57P01; what just falls over says nothing any more.
      if (how === 'fast') expect(reasons.flat()).toContain('terminating connection due to administrator command');
      await jobs.queue.send('apply-request', { reference: how });
      await until(() => applied.includes(how));
      expect(unheard).toEqual([]);
    });

    it('tells plainly that it lets nobody in while it closes (57P03), and is back by itself', async () => {
      const guest = await openStore({ databaseUrl: server.databaseUrl, ...storeOptions });
      const find = () =>
        opened.store.drafts.find(draft.id).then(
          () => 'found',
          (error: unknown) => (error instanceof StoreUnavailable ? faultOf(error).message : String(error)),
        );
      const answers = new Set<string>();
      const stays = guest.transaction(async (inside) => {
        await inside.drafts.save(draft);
        await server.closeUp();
        // Who is inside may stay, so all but this one are shown out.
        while (!answers.has('the database system is shutting down')) {
          await guest.sqlForJobs.executeSql(
            'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
          );
          answers.add(await find());
        }
        await server.stop('fast');
      });

      await expect(stays).rejects.toBeInstanceOf(StoreUnavailable);
      expect(
        [...answers].filter((answer) => !/^(found|terminating|the database|Connection term)/.test(answer)),
      ).toEqual([]);
      await server.start();
      let answer = '';
      while (answer !== 'found') answer = await find();
      await guest.close();
      expect(unheard).toEqual([]);
    });
  });

  describe('under the bot', () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld({ logLevel: 'silent', database: { url: server.databaseUrl } });
    });
    afterAll(() => world.close());

    it.each(['fast', 'immediate'] as const)(
      'tells whoever speaks, and answers all that it has kept (%s)',
      async (how) => {
        const cards = (): number =>
          world.teams.messages('alice').filter(({ visibleText }) => visibleText.includes('recommendations')).length;
        const said = async (): Promise<string> =>
          (await world.teams.say('alice', 'personal', 'help')).replies.map((reply) => reply.visibleText).join('\n');
        const cardsBefore = cards();
        const answers = [await said()];
        const begun = said();
        await server.stop(how);
        answers.push(await said());
        await server.start();
        // What was kept right before it was away is looked for by the tick of a later minute.
        await world.clock.advance('PT2M');
        answers.push(await begun);

        const refused = answers.filter((answer) => answer.includes(nothing));
        const kept = answers.filter((answer) => !answer.includes(nothing));
        expect(refused).not.toEqual([]);
        await until(() => cards() - cardsBefore >= kept.length);
        expect(kept.filter((answer) => answer !== '' && !/recommendations|Your message is saved/.test(answer))).toEqual(
          [],
        );
        expect(await said()).toContain('recommendations');
        expect(unheard).toEqual([]);
      },
    );
  });
});
