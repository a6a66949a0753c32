import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import { openJobs } from '../../../src/jobs/open-jobs.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { startWorld, type World, type WorldOptions } from '../../world.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { freshFolder, storeOptions } from '../../store/fresh-database.ts';
import { noPostgres, postgresStore } from '../../store/postgres-database.ts';
import { formInputs, latest, offered, openForm, sendRequest } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

type Database = NonNullable<WorldOptions['database']>;

const embedded = async () => {
  const { path, remove } = await freshFolder();
  return { database: { folder: path }, remove };
};
const postgres = async () => {
  const { databaseUrl, close } = await postgresStore();
  return { database: { url: databaseUrl }, remove: close };
};

const engines: {
  engine: string;
  make: () => Promise<{ database: Database; remove: () => Promise<void> }>;
  whyNot: string | undefined;
}[] = [
  { engine: 'the embedded engine', make: embedded, whyNot: undefined },
  { engine: 'PostgreSQL', make: postgres, whyNot: noPostgres },
];

for (const { engine, make, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `a restart on ${engine}`, () => {
    let world: World;
    let database: Database;
    let remove: () => Promise<void>;
    let pending: string;
    let draft: string;

    beforeAll(async () => {
      ({ database, remove } = await make());
      world = await startWorld({ logLevel: 'silent', database });
      await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
      await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
      await world.app().tick();
      pending = await sendRequest(world, 'alice');
      draft = await openForm(world, 'alice');
      const resources = offered(world, 'alice', draft, 'stshoplogs');
      await world.teams.press('alice', draft, 'Preview', { ...formInputs, resources, name: 'Left open overnight' });
      await world.restartApp();
    });
    afterAll(async () => {
      await world.close();
      await remove();
    });

    const exemptionsOf = (reference: string) =>
      world.tenant.exemptions
        .all()
        .filter(({ properties }) => JSON.stringify(properties.metadata ?? {}).includes(reference));
    const find = async (reference: string) => (await world.app().desk.database.requests.find(reference))?.status;

    /** Bob approves on a replica that dies right after it has recorded it: nobody runs the job. */
    const approveAndDie = async (reference: string): Promise<void> => {
      const { desk } = world.app();
      const bob = people.find(({ key }) => key === 'bob')!;
      await world.restartApp(async () => {
        const where = 'url' in database ? { databaseUrl: database.url } : { dataDir: database.folder };
        const { store, transaction, sqlForJobs, backend, close } = await openStore({ ...where, ...storeOptions });
        const jobs = await openJobs({
          sql: sqlForJobs,
          backend,
          clock: systemClock,
          pause,
          log: { error: () => undefined },
        });
        const dying: typeof desk.database = {
          ...store,
          jobs: jobs.queue,
          transaction: (work) => transaction((inside) => work({ ...inside, jobs: jobs.queue })),
        };
        try {
          await approveRequest({ ...desk, database: dying }, bob, { reference, version: undefined, words: '' });
          expect(exemptionsOf(reference)).toEqual([]);
        } finally {
          await jobs.stop();
          await close();
        }
      });
    };

    it('keeps a request that waits, and the buttons of its old card work', async () => {
      const card = latest(world, '#approvals');
      await world.teams.press('bob', card.id, `Approve ${pending}`, { comment: '' });
      await world.app().idle();

      expect(exemptionsOf(pending)).toHaveLength(3);
    });

    it('keeps a draft, which can be sent from its old preview', async () => {
      await world.teams.press('alice', draft, 'Send', {});
      await world.app().idle();

      const [request] = await everyRequest(world.app().desk.database.requests, ['pending']);
      expect(request?.terms.name).toBe('Left open overnight');
    });

    it('writes afterwards what was approved before', async () => {
      const [request] = await everyRequest(world.app().desk.database.requests, ['pending']);
      await approveAndDie(request!.reference);
      await world.app().idle();

      expect(exemptionsOf(request!.reference)).toHaveLength(3);
      expect(await find(request!.reference)).toBe('applied');
      expect(latest(world, '#approvals').visibleText).toContain('Approved and written to Azure');
    });

    it('does not repeat a warning', async () => {
      const warnings = () =>
        world.teams
          .messages('#security-alerts')
          .filter(({ visibleText }) => visibleText.includes('about to expire') && visibleText.includes(pending));
      await world.clock.advance('P23D');
      expect(warnings()).toHaveLength(1);

      await world.restartApp();
      await world.app().tick();
      await world.clock.advance('PT10M');
      expect(warnings()).toHaveLength(1);
    });

    it('leaves the ledger whole', async () => {
      expect(await world.app().desk.database.ledger.verify()).toBeUndefined();
    });
  });
}
