import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { storeOptions } from './fresh-database.ts';

const urlOf = (database: string): string => `postgres://postgres@127.0.0.1:5432/${database}`;

const administer = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf('postgres'), connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** Undefined when PostgreSQL can be used, else the sentence that says why not. */
export const noPostgres: string | undefined = await administer('select 1').then(
  () => undefined,
  () => 'PostgreSQL was left out: nothing answers as user postgres at 127.0.0.1:5432',
);

export type PostgresStore = OpenStore & {
  readonly databaseUrl: string;
  /** A second replica on the same database. */
  readonly replica: () => Promise<OpenStore>;
};

/** An empty, migrated PostgreSQL database; `close` drops it. */
export const postgresStore = async (): Promise<PostgresStore> => {
  const name = `exemption_desk_test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name}`);
  const databaseUrl = urlOf(name);
  const replica = () => openStore({ databaseUrl, ...storeOptions });
  const store = await replica();
  return {
    ...store,
    databaseUrl,
    replica,
    close: async () => {
      await store.close();
      await administer(`drop database ${name} with (force)`);
    },
  };
};
