import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { readConfig, readStoreConfig } from '../src/config.ts';

const managed = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
  DATABASE_URL: 'postgres://desk@127.0.0.1:5432/desk',
};

/** What the operator reads; empty when the settings are good. */
const complaint = (settings: Readonly<Record<string, string | undefined>>): string => {
  try {
    readConfig(settings);
    return '';
  } catch (error) {
    return error instanceof Error && error.name === 'ConfigError'
      ? error.message
      : `not a ConfigError: ${String(error)}`;
  }
};

describe('the settings of the operator', () => {
  it('start with a managed identity and a database, and the rest as one would guess', () => {
    expect(readConfig(managed)).toMatchObject({
      bot: { appType: 'UserAssignedMSI', password: undefined },
      allowedTenants: [managed.MICROSOFT_APP_TENANT_ID],
      port: 3978,
      database: { url: managed.DATABASE_URL },
      timeZone: 'UTC',
      partialRights: 'all-or-nothing',
      logLevel: 'info',
    });
  });

  it('let the operator choose to write what the rights of the bot allow', () => {
    expect(readConfig({ ...managed, PARTIAL_RIGHTS: 'best-effort' }).partialRights).toBe('best-effort');
    expect(complaint({ ...managed, PARTIAL_RIGHTS: 'some' })).toContain('PARTIAL_RIGHTS is not valid: all-or-nothing');
  });

  it('say how often everything is looked at', () => {
    expect(readConfig(managed).sweepMinutes).toBe(5);
    expect(readConfig({ ...managed, SWEEP_MINUTES: '15' }).sweepMinutes).toBe(15);
    for (const minutes of ['0', '1441', 'often'])
      expect(complaint({ ...managed, SWEEP_MINUTES: minutes })).toContain('SWEEP_MINUTES is not valid');
  });

  it.each([
    ['MICROSOFT_APP_ID', 'npm run demo'],
    ['MICROSOFT_APP_TYPE', 'UserAssignedMSI (no secrets, recommended) or SingleTenant'],
    ['MICROSOFT_APP_TENANT_ID', 'the Entra tenant id'],
  ])('name %s when it is missing or empty, with the remedy', (name, remedy) => {
    for (const value of [undefined, '']) {
      expect(complaint({ ...managed, [name]: value })).toContain(`${name} is missing: `);
      expect(complaint({ ...managed, [name]: value })).toContain(remedy);
    }
  });

  it('name everything that is missing at once', () => {
    const lines = complaint({}).split('\n');

    expect(lines[0]).toBe('Exemption Desk cannot start:');
    expect(lines.slice(1).map((line) => line.trim().split(' ')[0])).toEqual([
      'MICROSOFT_APP_ID',
      'MICROSOFT_APP_TYPE',
      'MICROSOFT_APP_TENANT_ID',
    ]);
  });

  it.each([
    ['MICROSOFT_APP_ID', 'desk'],
    ['MICROSOFT_APP_TYPE', 'MultiTenant'],
    ['MICROSOFT_APP_TYPE', 'Bogus'],
    ['MICROSOFT_APP_TYPE', 'userassignedmsi'],
    ['MICROSOFT_APP_TENANT_ID', 'contoso.com'],
    ['ALLOWED_TENANTS', 'contoso.com'],
    ['ALLOWED_TENANTS', '*'],
    ['ALLOWED_PLACES', 'channels, everywhere'],
    ['ALLOWED_PLACES', ' , '],
    ['PORT', '99999'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://127.0.0.1/desk'],
    ['DATABASE_URL', '127.0.0.1'],
    ['DATABASE_AUTH', 'kerberos'],
    ['ALLOW_EMBEDDED_DATABASE', 'perhaps'],
    ['TIME_ZONE', 'Mitteleuropa'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse %s=%s and say what it must be', (name, value) => {
    expect(complaint({ ...managed, [name]: value })).toMatch(new RegExp(`^  ${name} is not valid: \\S`, 'm'));
  });

  it.each(['Asia/Kolkata', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', '+05:30'])(
    'take the time zone %s, which Intl knows',
    (zone) => {
      expect(readConfig({ ...managed, TIME_ZONE: zone }).timeZone).toBe(zone);
    },
  );

  it('ask which time zone is meant, in any casing', () => {
    expect(readConfig({ ...managed, TIME_ZONE: 'europe/berlin' }).timeZone).toBe('Europe/Berlin');
    expect(complaint({ ...managed, TIME_ZONE: 'Kolkata' })).toContain(
      'TIME_ZONE is not valid: an IANA time zone such as Europe/Berlin (Did you mean Asia/Kolkata?)',
    );
  });

  it('never repeat a value, which may be a secret', () => {
    expect(complaint({ ...managed, MICROSOFT_APP_PASSWORD: 's3cret' })).not.toContain('s3cret');
    expect(complaint({ ...managed, DATABASE_URL: 'postgress://desk:s3cret@127.0.0.1' })).not.toContain('s3cret');
  });

  it.each([
    ['a secret that SingleTenant lacks', { MICROSOFT_APP_TYPE: 'SingleTenant' }, 'MICROSOFT_APP_PASSWORD is missing'],
    ['a secret that a managed identity cannot have', { MICROSOFT_APP_PASSWORD: 'x' }, 'must not be set'],
    [
      'the embedded database in production',
      { DATABASE_URL: undefined, ALLOW_EMBEDDED_DATABASE: undefined },
      'ALLOW_EMBEDDED_DATABASE=true',
    ],
  ])('refuse %s', (_name, changes, words) => {
    expect(complaint({ ...managed, ...changes })).toContain(words);
  });

  it('allow the embedded database to whoever says so', () => {
    const settings = { ...managed, DATABASE_URL: undefined, ALLOW_EMBEDDED_DATABASE: 'true', DATA_DIR: '/var/desk' };

    expect(readConfig(settings).database).toEqual({ folder: '/var/desk' });
  });

  it('sign in to the database with tokens of Entra where the operator says so', () => {
    expect(readConfig({ ...managed, DATABASE_AUTH: 'entra' }).database).toEqual({
      url: managed.DATABASE_URL,
      auth: 'entra',
    });
    expect(readStoreConfig({ ...managed, DATABASE_AUTH: 'entra' }).database).toMatchObject({ auth: 'entra' });
  });

  it.each([
    ['without a user', 'postgres://127.0.0.1/desk', 'DATABASE_URL names no user'],
    ['with a password', 'postgres://desk:s3cret@127.0.0.1/desk', 'DATABASE_URL must not contain a password'],
    ['without a database', undefined, 'DATABASE_AUTH=entra needs DATABASE_URL'],
  ])('refuse tokens of Entra for a database %s', (_name, DATABASE_URL, words) => {
    const settings = { ...managed, DATABASE_AUTH: 'entra', DATABASE_URL };

    expect(complaint(settings)).toContain(words);
    expect(complaint(settings)).not.toContain('s3cret');
    expect(() => readStoreConfig(settings)).toThrow(words);
  });

  it('take several tenants, separated by commas or spaces', () => {
    const other = '9a1b22cc-0000-4000-8000-0000000000bb';

    expect(
      readConfig({ ...managed, ALLOWED_TENANTS: `${managed.MICROSOFT_APP_TENANT_ID}, ${other}` }).allowedTenants,
    ).toEqual([managed.MICROSOFT_APP_TENANT_ID, other]);
  });
});

describe("the settings of an operator's command", () => {
  it('are those of the database, the time zone and the connections alone', () => {
    const { DATABASE_URL } = managed;

    expect(readStoreConfig({ DATABASE_URL, TIME_ZONE: 'Europe/Berlin' })).toEqual({
      database: { url: DATABASE_URL },
      timeZone: 'Europe/Berlin',
      connectionSecrets: {},
    });
    expect(readStoreConfig({ DATA_DIR: '/kept', DATABASE_URL: '' })).toEqual({
      database: { folder: '/kept' },
      timeZone: 'UTC',
      connectionSecrets: {},
    });
  });

  it('are refused by name where they are wrong', () => {
    expect(() => readStoreConfig({ DATABASE_URL: 'mysql://x' })).toThrow('DATABASE_URL is not valid: postgres://');
  });
});

describe('npm start', () => {
  const started = async (environment: Readonly<Record<string, string>>) => {
    const main = spawn(process.execPath, ['src/main.ts'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, errors] = await Promise.all([text(main.stdout), text(main.stderr), once(main, 'exit')]);
    return { code: main.exitCode, out, errors };
  };

  it('runs the real thing', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

    expect(scripts.start).toBe('node src/main.ts');
  });

  it('ends with 1 where no settings are given, names them, and points at the demo', async () => {
    const { code, out, errors } = await started({});

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors).toContain('MICROSOFT_APP_ID is missing');
    expect(errors).toContain('npm run demo');
    expect(errors).not.toMatch(/^\s+at /m);
  });
});
