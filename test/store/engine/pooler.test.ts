import { openStore } from '../../../src/store/open-store.ts';
import { storeOptions } from '../fresh-database.ts';
import { noPostgres, postgresStore, type PostgresStore } from '../postgres-database.ts';
import { draft } from '../samples.ts';
import { startPgbouncer, whyNoPgbouncer } from './pgbouncer.ts';
import { openTransactionPooler } from './transaction-pooler.ts';

const ours = 'statement_timeout,lock_timeout,idle_in_transaction_session_timeout';

type Pooler = { readonly databaseUrl: string; readonly close: () => Promise<void> };

/** The sentence of the refusal, or `opened`. */
const opened = async (opening: Promise<Pooler>): Promise<string> => {
  const pooler = await opening;
  try {
    const store = await openStore({ databaseUrl: pooler.databaseUrl, ...storeOptions });
    await store.transaction((inside) => inside.drafts.save(draft));
    await store.close();
    return 'opened';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'invalid' ? error.message : String(error);
  } finally {
    await pooler.close();
  }
};

const inTransactionMode =
  /^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ is behind a pooler in transaction mode, such as PgBouncer: .* the locks of Exemption Desk would not hold.* Set DATABASE_URL to PostgreSQL itself \(in Azure port 5432 instead of 6432\)/;

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'a pooler before PostgreSQL', () => {
  let database: PostgresStore;

  beforeAll(async () => {
    database = await postgresStore();
  });
  afterAll(() => database.close());

  it('that gives each transaction another server process is refused at the start, with the reason', async () => {
    expect(await opened(openTransactionPooler(database.databaseUrl))).toMatch(inTransactionMode);
  });

  (whyNoPgbouncer === undefined ? describe : describe.skip)(whyNoPgbouncer ?? 'that is PgBouncer', () => {
    const behind = (settings: Readonly<Record<string, string>>) =>
      opened(startPgbouncer(database.databaseUrl, settings));

    it.each([
      ['one server connection', { default_pool_size: '1' }],
      ['many server connections', { default_pool_size: '20', min_pool_size: '5' }],
      ['server connections in turn', { default_pool_size: '20', min_pool_size: '5', server_round_robin: '1' }],
    ])('is refused in transaction mode with %s, even if it ignores our settings', async (_, settings) => {
      const mode = { pool_mode: 'transaction', ignore_startup_parameters: ours };

      expect(await behind({ ...mode, ...settings })).toMatch(inTransactionMode);
    });

    it('is refused in statement mode', async () => {
      expect(await behind({ pool_mode: 'statement', ignore_startup_parameters: ours })).toContain(
        'is behind a pooler such as PgBouncer, which refuses what Exemption Desk needs',
      );
    });

    it.each(['transaction', 'session'])('is named in %s mode if it does not take our settings', async (mode) => {
      const said = await behind({ pool_mode: mode });

      expect(said).toContain('(unsupported startup parameter: ');
      expect(said).toContain(
        'pool_mode=session, where ignore_startup_parameters names statement_timeout, lock_timeout',
      );
    });

    it('is used in session mode', async () => {
      expect(await behind({ pool_mode: 'session', ignore_startup_parameters: ours })).toBe('opened');
    });
  });
});
