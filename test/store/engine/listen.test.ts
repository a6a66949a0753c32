import pg from 'pg';
import { listenOn } from '../../../src/store/engine/listen.ts';
import { temporaryPostgres } from '../../../simulator/temporary-postgres.ts';
import { until } from '../../jobs/handlers.ts';
import { noPostgres } from '../postgres-database.ts';

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'what the database notifies of', () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let other: pg.Client;
  let heard: string[];
  let stands: number;
  beforeEach(async () => {
    [heard, stands] = [[], 0];
    database = await temporaryPostgres();
    other = new pg.Client({ connectionString: database.databaseUrl });
    await other.connect();
  });
  afterEach(async () => {
    await other.end();
    await database.remove();
  });
  const listen = () =>
    listenOn({ url: database.databaseUrl, password: undefined })(
      'jobs',
      (payload) => void heard.push(payload),
      () => void (stands += 1),
    );
  const notify = (payload: string) => other.query(`select pg_notify('jobs', $1)`, [payload]);
  const listeners = async () =>
    (
      await other.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'exemption-desk'`,
      )
    ).rows;

  it('is heard over one connection, which is gone once nobody listens', async () => {
    const listener = await listen();
    await notify('apply-request');
    await until(() => heard.length === 1);

    expect(heard).toEqual(['apply-request']);
    expect(stands).toBe(1);
    expect(await listeners()).toHaveLength(1);
    await listener.close();
    while ((await listeners()).length > 0);
  });

  it('is heard again after the server ended the connection, with a word that something was missed', async () => {
    const listener = await listen();
    for (const { pid } of await listeners()) await other.query('select pg_terminate_backend($1)', [pid]);
    await until(() => stands === 2);
    await notify('publish-request');
    await until(() => heard.length === 1);

    expect(heard).toEqual(['publish-request']);
    expect(await listeners()).toHaveLength(1);
    await listener.close();
  });

  it('rejects if there is no connection to begin with, and leaves none behind', async () => {
    const nowhere = { url: database.databaseUrl.replace('5432', '1'), password: undefined };

    await expect(
      listenOn(nowhere)(
        'jobs',
        () => undefined,
        () => undefined,
      ),
    ).rejects.toThrow('ECONNREFUSED');
  });
});
