import { randomUUID } from 'node:crypto';
import pg from 'pg';

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

/** Undefined if PostgreSQL can be used, otherwise a sentence that says why not. */
export const whyNoPostgres = (): Promise<string | undefined> =>
  administer('select 1').then(
    () => undefined,
    () => 'PostgreSQL was left out: nothing answers as user postgres at 127.0.0.1:5432',
  );

/** An empty database on the PostgreSQL of this machine; `remove` drops it even while others are connected. */
export const temporaryPostgres = async (): Promise<{
  readonly databaseUrl: string;
  readonly remove: () => Promise<void>;
}> => {
  const name = `exemption_desk_test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name}`);
  return { databaseUrl: urlOf(name), remove: () => administer(`drop database ${name} with (force)`) };
};
