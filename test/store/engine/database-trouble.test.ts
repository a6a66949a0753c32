import { openOutageLine, throughLine, type OutageLine } from '../../../simulator/outage-line.ts';
import { troubleOf, type DatabaseTrouble } from '../../../src/store/engine/not-answering.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';
import { storeOptions } from '../fresh-database.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../postgres-database.ts';
import { draft, pendingRequest } from '../samples.ts';

const nothing = {
  code: 'unavailable',
  message: 'The database does not answer; nothing was recorded. Please try again in a minute.',
};
const maybe = { code: 'unavailable', message: expect.stringContaining('may have been recorded') as unknown };

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'a PostgreSQL server that goes away', () => {
  let database: PostgresStore;
  let line: OutageLine;
  let behind: OpenStore;

  beforeAll(async () => {
    database = await postgresStore();
    line = await openOutageLine({ host: '127.0.0.1', port: 5432 });
    behind = await openStore({ databaseUrl: throughLine(database.databaseUrl, line), ...storeOptions });
  });
  afterEach(() => line.mend());
  afterAll(async () => {
    await behind.close();
    await line.close();
    await database.close();
  });

  it('is said in a sentence by a store that had a connection, and reconnects when it is back', async () => {
    await behind.store.drafts.save(draft);
    line.cut();
    await expect(behind.store.drafts.find(draft.id)).rejects.toMatchObject(nothing);
    await expect(behind.store.inbox.waiting('a')).rejects.toMatchObject(nothing);

    line.mend();
    expect(await behind.store.drafts.find(draft.id)).toEqual(draft);
  });

  it('leaves nothing of a transaction that it breaks, and says so', async () => {
    const broken = behind.transaction(async (store) => {
      await store.requests.add(pendingRequest('EX-CUT1'));
      line.cut();
      await store.requests.add(pendingRequest('EX-CUT2'));
    });

    await expect(broken).rejects.toMatchObject(nothing);
    expect(await database.store.requests.find('EX-CUT1')).toBeUndefined();
  });

  it('is not said to have recorded nothing when it breaks in the commit', async () => {
    const broken = behind.transaction(async (store) => {
      await store.requests.add(pendingRequest('EX-CUT3'));
      line.cut();
    });

    await expect(broken).rejects.toMatchObject(maybe);
  });

  it('is not said to have recorded nothing later in the turn that did record something', async () => {
    const broken = behind.turn(async () => {
      await behind.transaction((store) => store.requests.add(pendingRequest('EX-CUT4')));
      line.cut();
      await behind.store.requests.find('EX-CUT4');
    });

    await expect(broken).rejects.toMatchObject(maybe);
    expect(await database.store.requests.find('EX-CUT4')).toBeDefined();
  });

  it('is noticed when it falls silent, in and out of a transaction, and no silent connection is used again', async () => {
    await behind.store.drafts.save(draft);
    const silent = behind.transaction(async (store) => {
      await store.drafts.find(draft.id);
      line.hold();
      await store.drafts.find(draft.id);
    });
    await expect(silent).rejects.toMatchObject(nothing);
    await expect(behind.store.drafts.find(draft.id)).rejects.toMatchObject(nothing);

    line.mend();
    expect(await behind.store.drafts.find(draft.id)).toEqual(draft);
  });

  it('ends a statement that takes too long, and keeps the connection', async () => {
    const slow = behind.sqlForJobs.executeSql('select pg_sleep(60)');

    await expect(slow).rejects.toMatchObject(nothing);
    expect(await behind.store.drafts.find(draft.id)).toEqual(draft);
  });

  it('passes on what is no trouble with the database as it is', async () => {
    await expect(behind.sqlForJobs.executeSql('select nonsense')).rejects.toMatchObject({ code: '42703' });
    await behind.store.requests.add(pendingRequest('EX-TWICE'));
    await expect(behind.store.requests.add(pendingRequest('EX-TWICE'))).rejects.not.toMatchObject({
      code: 'unavailable',
    });
  });

  it('that cannot be reached at the start is named with the remedy, without its password', async () => {
    const url = 'postgres://postgres:secret@127.0.0.1:1/none';
    const error: unknown = await openStore({ databaseUrl: url, ...storeOptions }).catch((refusal: unknown) => refusal);

    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /^PostgreSQL at 127\.0\.0\.1:1\/none does not answer .*Check DATABASE_URL/,
      ) as unknown,
    });
    expect((error as Error).message).not.toContain('secret');
  });
});

describe('what PostgreSQL says', () => {
  const rows: readonly [code: string, meaning: string, trouble: DatabaseTrouble | undefined][] = [
    ['08000', 'the connection failed', 'silent'],
    ['08006', 'the connection broke', 'silent'],
    ['08P01', 'the connection spoke nonsense', 'silent'],
    ['53000', 'it lacks something', 'silent'],
    ['53200', 'it has no memory left', 'silent'],
    ['53300', 'it has no connection left', 'silent'],
    ['57P01', 'it stops', 'silent'],
    ['57P02', 'it fell over', 'silent'],
    ['57P03', 'it starts, or lets nobody in any more', 'silent'],
    ['57P05', 'the session was idle for too long', 'silent'],
    ['58000', 'its system fails', 'silent'],
    ['58030', 'its disk fails', 'silent'],
    ['57014', 'a statement took too long', 'silent'],
    ['25P03', 'a transaction did nothing for too long', 'silent'],
    ['25006', 'it only reads, as in a failover', 'silent'],
    ['28000', 'it does not know the user', 'closed'],
    ['28P01', 'it does not believe the password', 'closed'],
    ['53100', 'its disk is full', 'full'],
    ['23505', 'a key is there already', undefined],
    ['22P02', 'a text is no number', undefined],
    ['25P02', 'the transaction had failed before', undefined],
    ['40001', 'two transactions were in each other’s way', undefined],
    ['42703', 'there is no such column', undefined],
    ['55P03', 'somebody else has the lock', undefined],
  ];

  it.each(rows)('with %s (%s) is taken for: %s', (code, meaning, trouble) => {
    const said = Object.assign(new Error(meaning), { code });

    expect(troubleOf(said)).toBe(trouble);
    expect(troubleOf(new Error('Failed query: select 1', { cause: said }))).toBe(trouble);
  });
});
