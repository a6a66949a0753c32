import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { databaseAccess } from '../../src/database-access.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { storeOptions } from './fresh-database.ts';
import { openPasswordDoor, type PasswordDoor } from './password-door.ts';
import { noPostgres } from './postgres-database.ts';
import { temporaryPostgres } from '../../simulator/temporary-postgres.ts';

const settings = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
  DATABASE_AUTH: 'entra',
};

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'PostgreSQL that wants tokens of Entra', () => {
  let token: string;
  let asked: (string | string[])[];
  let door: PasswordDoor;
  let remove: () => Promise<void>;
  const stores: OpenStore[] = [];

  const credential = () => ({
    async getToken(scopes: string | string[]) {
      asked.push(scopes);
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
    [token, asked] = ['token-1', []];
    const database = await temporaryPostgres();
    remove = database.remove;
    door = await openPasswordDoor(database.databaseUrl, (password) => password === token);
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

    expect(String(failure)).toContain('The access token has expired');
    expect(JSON.stringify(failure)).not.toContain('token-0');
  });

  it('ends the start when Entra gives none', async () => {
    const { database } = readConfig({ ...settings, DATABASE_URL: door.databaseUrl });
    const none = () => ({ getToken: async () => null });

    await expect(openStore({ ...databaseAccess(database, none), ...storeOptions })).rejects.toThrow(
      'Entra gave no token for the database',
    );
    expect(door.passwords).toEqual([]);
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
