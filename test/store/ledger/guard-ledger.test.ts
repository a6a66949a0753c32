import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import { openJobs } from '../../../src/jobs/open-jobs.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';
import { grantToApp, mayDoToLedger } from '../../../src/store/ledger/guard-ledger.ts';
import { storeOptions } from '../fresh-database.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../postgres-database.ts';

const event = {
  at: new Date('2026-11-21T10:00:00Z'),
  actor: { kind: 'person', person: { objectId: 'a', tenantId: 't', name: 'Alice' } },
  reference: 'EX-AAAA',
  event: 'requested',
  from: undefined,
  to: undefined,
  text: 'Because.',
  facts: {},
} as const;

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'a ledger that belongs to another role', () => {
  let owner: PostgresStore;
  let app: OpenStore;
  let superuser: pg.Client;
  const role = `desk_app_${randomUUID().replaceAll('-', '')}`;
  const appUrl = () => owner.databaseUrl.replace('postgres@', `${role}@`);
  const asOwner = (text: string) => owner.sqlForJobs.executeSql(text);
  const asApp = (text: string) => app.sqlForJobs.executeSql(text);

  beforeAll(async () => {
    owner = await postgresStore();
    superuser = new pg.Client({ connectionString: owner.databaseUrl });
    await superuser.connect();
    await superuser.query(`create role ${role} login`);
    await grantToApp(asOwner, role);
    app = await openStore({ databaseUrl: appUrl(), ...storeOptions });
  });
  afterAll(async () => {
    await app.close();
    await superuser.query(`drop owned by ${role} cascade`);
    await superuser.query(`drop role ${role}`);
    await superuser.end();
    await owner.close();
  });

  it('is read and added to by the app, and its texts can be erased', async () => {
    await app.store.ledger.append(event);
    expect(await app.store.ledger.verify()).toBeUndefined();
    await app.store.ledger.eraseTexts('a');
    await app.store.ledger.append({ ...event, event: 'forgotten', facts: { person: 'a' } });
    expect(await app.store.ledger.verify()).toBeUndefined();
  });

  it.each([
    `update ledger set actor_id = 'mallory'`,
    'delete from ledger',
    'truncate ledger',
    'alter table ledger disable trigger all',
    'drop table ledger',
  ])('refuses the app: %s', async (statement) => {
    await expect(asApp(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('is told apart by what each role may do', async () => {
    expect(await mayDoToLedger(asApp)).toEqual([]);
    expect(await mayDoToLedger(asOwner)).toEqual(['update', 'delete', 'truncate']);
  });

  it('leaves the job queue what it needs', async () => {
    const log = { error: () => undefined };
    const { sqlForJobs, backend } = app;
    const jobs = await openJobs({ sql: sqlForJobs, backend, clock: systemClock, pause, log });
    await jobs.queue.send('publish-request', { reference: 'EX-AAAA' });
    expect((await jobs.queue.health()).waiting).toHaveLength(1);
    await jobs.stop();
  });

  it('is not opened by the app while its tables are older than the version', async () => {
    await asOwner(
      'update drizzle.__drizzle_migrations set created_at = created_at - 1 where created_at = (select max(created_at) from drizzle.__drizzle_migrations)',
    );
    await expect(openStore({ databaseUrl: appUrl(), ...storeOptions })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('npm run migrate') as string,
    });
    await asOwner(
      'update drizzle.__drizzle_migrations set created_at = created_at + 1 where created_at = (select max(created_at) from drizzle.__drizzle_migrations)',
    );
  });
});
