import { startApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { databaseAccess } from '../../../src/start/database-access.ts';
import { faultOf } from '../../../src/core/fault-of.ts';
import { StoreUnavailable } from '../../../src/core/store-unavailable.ts';
import { openStore, type OpenStore } from '../../../src/store/open-store.ts';
import { storeOptions } from '../fresh-database.ts';
import { openPasswordDoor, type PasswordDoor } from './password-door.ts';
import { noPostgres } from '../postgres-database.ts';
import { draft } from '../samples.ts';
import { temporaryPostgres } from '../../../simulator/temporary-postgres.ts';

const settings = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
  DATABASE_AUTH: 'entra',
};

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'PostgreSQL that wants tokens of Entra', () => {
  let token: string;
  /** Why Entra gives none. */
  let away: Error | undefined;
  let isExpired: boolean;
  let asked: (string | string[])[];
  let door: PasswordDoor;
  let remove: () => Promise<void>;
  const stores: OpenStore[] = [];

  const credential = () => ({
    async getToken(scopes: string | string[]) {
      asked.push(scopes);
      if (away !== undefined) throw away;
      return { token, expiresOnTimestamp: 0 };
    },
  });

  const open = async (): Promise<OpenStore> => {
    const { database } = readConfig({ ...settings, DATABASE_URL: door.databaseUrl });
    const store = await openStore({ ...databaseAccess(database, credential), ...storeOptions });
    stores.push(store);
    return store;
  };

  beforeEach(async () => {
    [token, asked, away, isExpired] = ['token-1', [], undefined, false];
    const database = await temporaryPostgres();
    remove = database.remove;
    door = await openPasswordDoor(database.databaseUrl, (password) => password === token && !isExpired);
  });

  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await door.close();
    await remove();
  });

  it('gets one made for PostgreSQL, and keeps what it is given', async () => {
    const { store } = await open();

    expect(await store.requests.find('EX-AAAA')).toBeUndefined();
    expect(new Set(asked)).toEqual(new Set(['https://ossrdbms-aad.database.windows.net/.default']));
    expect(new Set(door.passwords)).toEqual(new Set(['token-1']));
  });

  it('gets the token of the moment at each new connection, so that an expired one does no harm', async () => {
    const { sqlForJobs } = await open();
    const before = door.passwords.length;
    token = 'token-2';

    await Promise.all([1, 2, 3].map(() => sqlForJobs.executeSql('select pg_sleep(0.05)')));

    const later = door.passwords.slice(before);
    expect(later.length).toBeGreaterThanOrEqual(2);
    expect(new Set(later)).toEqual(new Set(['token-2']));
    expect(asked).toHaveLength(door.passwords.length);
  });

  it('gets them from the identity of the bot when the app starts, and the log never sees one', async () => {
    let logged = '';
    const config = readConfig({ ...settings, DATABASE_URL: door.databaseUrl, HOST: '127.0.0.1', PORT: '0' });
    const logTo = { write: (line: string) => void (logged += line) };

    const app = await startApp(config, { credential: credential(), logTo });
    await app.close();

    expect(logged).toContain('Exemption Desk is listening');
    expect(logged).not.toContain('token-1');
    expect(new Set(door.passwords)).toEqual(new Set(['token-1']));
  });

  it('ends the start when the token is refused, without repeating it', async () => {
    const { database } = readConfig({ ...settings, DATABASE_URL: door.databaseUrl });
    const expired = () => ({ getToken: async () => ({ token: 'token-0', expiresOnTimestamp: 0 }) });

    const failure: unknown = await openStore({ ...databaseAccess(database, expired), ...storeOptions }).catch(
      (error: unknown) => error,
    );

    expect(failure).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /^PostgreSQL at 127\.0\.0\.1\S+ refused the sign-in of Exemption Desk \(The access token has expired\)/,
      ) as unknown,
    });
    expect(JSON.stringify(failure)).not.toContain('token-0');
  });

  it('ends the start when Entra gives none', async () => {
    const { database } = readConfig({ ...settings, DATABASE_URL: door.databaseUrl });
    const none = () => ({ getToken: async () => null });

    await expect(openStore({ ...databaseAccess(database, none), ...storeOptions })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(
        'sign-in of Exemption Desk (Entra did not issue a token for the database.)',
      ) as unknown,
    });
    expect(door.passwords).toEqual([]);
  });

  /** The only connection of a store that was asked one thing after the other. */
  const breakConnection = async ({ sqlForJobs }: OpenStore): Promise<void> => {
    await expect(sqlForJobs.executeSql('select pg_terminate_backend(pg_backend_pid())')).rejects.toThrow();
  };
  const openSockets = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
  const isAway = () => (away = new Error('connect ECONNREFUSED 169.254.169.254:80'));

  it.each([
    ['Entra gives no token', isAway, 'connect ECONNREFUSED 169.254.169.254:80'],
    ['the token is refused', () => (isExpired = true), 'The access token has expired'],
  ])('does not answer while %s, says the reason to the operator, and answers again by itself', async (_, fail, why) => {
    const opened = await open();
    const { store, transaction, sqlForJobs } = opened;
    const activity = { conversationId: 'a', activityId: '1', activity: '{}', receivedAt: new Date(), correlation: 'c' };
    await breakConnection(opened);
    fail();

    const refusals = await Promise.all(
      [
        () => store.inbox.keep(activity),
        () => store.drafts.find('none'),
        () => transaction((inside) => inside.drafts.save(draft)),
        () => sqlForJobs.executeSql('select 1'),
      ].map((call) => call().catch((error: unknown) => error)),
    );

    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(StoreUnavailable);
      expect(String(refusal)).toContain('The database does not answer; nothing was recorded.');
      expect(faultOf(refusal).message).toBe(why);
    }

    [away, isExpired] = [undefined, false];
    expect(await store.inbox.keep(activity)).toBe(true);
  });

  it('is left no connection for which there was no password: soon nobody else could come in', async () => {
    const opened = await open();
    await breakConnection(opened);
    const before = openSockets();
    isAway();

    for (let attempt = 0; attempt < 20; attempt += 1)
      await expect(opened.store.drafts.find('none')).rejects.toBeInstanceOf(StoreUnavailable);
    while (openSockets() > before) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('is never told a token without TLS unless the URL says so', async () => {
    const { database } = readConfig({
      ...settings,
      DATABASE_URL: door.databaseUrl.replace('?sslmode=disable', ''),
    });

    await expect(openStore({ ...databaseAccess(database, credential), ...storeOptions })).rejects.toThrow();
    expect({ asked, passwords: door.passwords }).toEqual({ asked: [], passwords: [] });
  });
});

describe('a database with a password of its own, or the embedded one', () => {
  const nobody = () => {
    throw new Error('nobody needs a credential');
  };

  it('is opened without asking Entra', () => {
    const url = 'postgres://desk:secret@127.0.0.1/desk';

    expect(databaseAccess({ url }, nobody)).toEqual({ databaseUrl: url });
    expect(databaseAccess({ folder: 'data' }, nobody)).toEqual({ dataDir: 'data' });
  });
});
