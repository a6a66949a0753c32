import fc from 'fast-check';
import pg from 'pg';
import { readConfig, readStoreConfig } from '../src/config.ts';

const settings = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
};

/** What the settings make of a connection string: the driver's reading of it, or the sentence of the refusal. */
const read = (DATABASE_URL: string): pg.Client | string => {
  try {
    const { database } = readConfig({ ...settings, DATABASE_URL });
    return new pg.Client({ connectionString: 'url' in database ? database.url : '' });
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message;
    throw error;
  }
};

const troublesome = fc
  .array(fc.constantFrom(...Array.from('@#/?%:[]\\ ;&=+^|1'), '%4', '%40', '%ff', 'ab', '12', 'é'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''));

describe('a password in DATABASE_URL', () => {
  it.each([
    'p#ss',
    '12#34',
    'p/ss',
    '12/34',
    'p?ss',
    '12?34',
    'p%ff',
    'p%zz',
    'p%4A%zz',
    '12@34#56',
    '12@34/56',
    'p w',
  ])('such as %s has to be percent-encoded, and no part of it is printed', (password) => {
    const url = `postgres://desk:${password}@db.example:5432/desk`;
    const said = read(url);

    expect(said).toContain('DATABASE_URL is not valid: postgres://user:password@host:5432/database');
    expect(said).toContain('percent-encode special characters: write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23');
    expect(said).toBe(read('postgres://#'));
    expect(() => readStoreConfig({ DATABASE_URL: url })).toThrow('percent-encode');
  });

  it('is read by the driver as it is when it is percent-encoded', () => {
    fc.assert(
      fc.property(troublesome, (password) => {
        const url = `postgresql://desk%40contoso:${encodeURIComponent(password)}@db.example:6000/desk?sslmode=disable`;

        expect(read(url)).toMatchObject({ user: 'desk@contoso', password, host: 'db.example', port: 6000 });
      }),
    );
  });

  it('is read whole or refused when it is not', () => {
    fc.assert(
      fc.property(troublesome, (password) => {
        const said = read(`postgres://desk:${password}@db.example:6000/desk`);
        if (typeof said === 'string') {
          expect(said).toBe(read('postgres://#'));
          return;
        }
        expect(said).toMatchObject({ user: 'desk', host: 'db.example', port: 6000, database: 'desk' });
        expect([password, decodeURIComponent(password)]).toContain(said.password);
      }),
    );
  });

  it('may contain @, which the driver reads as it was meant', () => {
    expect(read('postgres://desk:p@ss@db.example/desk')).toMatchObject({ password: 'p@ss', host: 'db.example' });
  });

  it.each(['postgres://desk@[::1]:5432/desk', 'postgres:///desk?host=/var/run/postgresql', ' postgres://h/desk\n'])(
    'is not needed: %j is good',
    (url) => {
      expect(read(url)).not.toEqual(expect.any(String));
    },
  );
});
