import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startWorld, type World, type WorldOptions } from '../../world.ts';
import { runScript } from '../../scripts/run-script.ts';
import { freshFolder } from '../../store/fresh-database.ts';
import { noPostgres, postgresStore } from '../../store/postgres-database.ts';
import { formInputs, latest, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const run = promisify(execFile);

const noDump = await run('pg_dump', ['--version']).then(
  () => undefined,
  () => 'The backup of PostgreSQL was left out: pg_dump is not installed here',
);

type Case = {
  readonly database: NonNullable<WorldOptions['database']>;
  readonly settings: Readonly<Record<string, string>>;
  readonly backUp: (to: string) => Promise<void>;
  readonly restore: (from: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** As docs/backup.md tells it. */
const postgres = async (): Promise<Case> => {
  const { databaseUrl, close } = await postgresStore();
  return {
    database: { url: databaseUrl },
    settings: { DATABASE_URL: databaseUrl },
    async backUp(to) {
      await run('pg_dump', ['--format=custom', '--no-owner', `--file=${join(to, 'desk.dump')}`, databaseUrl]);
    },
    async restore(from) {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query('drop schema public, drizzle, pgboss cascade; create schema public');
      await client.end();
      await run('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${databaseUrl}`, join(from, 'desk.dump')]);
    },
    remove: close,
  };
};

const embedded = async (): Promise<Case> => {
  const { path, remove } = await freshFolder();
  return {
    database: { folder: path },
    settings: { DATA_DIR: path },
    backUp: (to) => cp(path, join(to, 'data'), { recursive: true }),
    async restore(from) {
      await rm(path, { recursive: true });
      await cp(join(from, 'data'), path, { recursive: true });
    },
    remove,
  };
};

const cases = [
  { engine: 'PostgreSQL by pg_dump and pg_restore', make: postgres, whyNot: noPostgres ?? noDump },
  { engine: 'the embedded engine by copying its folder', make: embedded, whyNot: undefined },
];

for (const { engine, make, whyNot } of cases) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `a backup of ${engine} that is restored`, () => {
    let world: World;
    let data: Case;
    let folder: string;
    let headAtBackup: string;
    let headAfterwards: string;
    let [first, second] = ['', ''];
    let verified: Readonly<Record<'whole' | 'old' | 'newer', { readonly code: number; readonly said: string }>>;

    const said = async (person: string, text: string) =>
      (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
    const headNow = async () => (await world.app().desk.database.ledger.head())?.hash ?? '';
    const exempt = async (resource: string, name: string): Promise<string> => {
      const form = await openForm(world, 'alice');
      const resources = offered(world, 'alice', form, resource);
      await world.teams.press('alice', form, 'Preview', { ...formInputs, resources, name });
      await world.teams.press('alice', form, 'Send', {});
      const [request] = await everyRequest(world.app().desk.database.requests, ['pending']);
      await said('bob', `approve ${request!.reference}`);
      await world.app().idle();
      return request!.reference;
    };

    beforeAll(async () => {
      data = await make();
      folder = await mkdtemp(join(tmpdir(), 'exemption-desk-backup-'));
      world = await startWorld({ logLevel: 'silent', database: data.database });
      await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
      await said('bob', 'help');
      first = await exempt('stshopprod', 'Before the backup');
      await world.restartApp(() => data.backUp(folder));
      headAtBackup = await headNow();
      second = await exempt('stshoplogs', 'After the backup');
      headAfterwards = await headNow();
      // The tool that verifies has to have the folder of the embedded engine for itself.
      await world.restartApp(async () => {
        await data.restore(folder);
        verified = {
          whole: await runScript('ledger', ['verify'], data.settings),
          old: await runScript('ledger', ['verify', '--head', headAtBackup], data.settings),
          newer: await runScript('ledger', ['verify', '--head', headAfterwards], data.settings),
        };
      });
    }, 180_000);
    afterAll(async () => {
      await world.close();
      await data.remove();
      await rm(folder, { recursive: true, force: true });
    });

    it('has a whole ledger that holds the head of the day of the backup', () => {
      expect([verified.whole.code, verified.old.code]).toEqual([0, 0]);
    });

    it('shows by a head that was published later that something is missing at the end', () => {
      expect(verified.newer).toMatchObject({ code: 1, said: expect.stringContaining('head') as unknown });
    });

    it('lets the bot answer as it did then', async () => {
      expect(await said('alice', `request ${first}`)).toContain('Before the backup');
      expect(await said('alice', `request ${second}`)).toContain('There is no request');
    });

    it('shows what Azure has besides as made outside, and lets it be adopted', async () => {
      await world.clock.advance('PT10M');
      expect(await said('bob', 'exemptions outside After the backup')).toContain('After the backup');

      const made = world.tenant.exemptions
        .all()
        .filter(({ properties }) => JSON.stringify(properties).includes(second));
      expect(made.length).toBeGreaterThan(0);
      const purpose = 'It was approved before the database was restored.';
      await world.teams.submit('bob', latest(world, 'bob').id, { verb: 'adopt-exemption', id: made[0]!.id, purpose });
      await world.app().idle();

      const all = await everyRequest(world.app().desk.database.requests);
      const adopted = all.find(({ requester }) => requester.name === 'Bob Berger');
      expect(adopted).toMatchObject({ status: 'applied', governance: { adopted: true } });
    });
  });
}
