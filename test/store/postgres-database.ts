import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { storeOptions } from './fresh-database.ts';

/** Undefined when PostgreSQL can be used, else the sentence that says why not. */
export const noPostgres: string | undefined = await whyNoPostgres();

export type PostgresStore = OpenStore & {
  readonly databaseUrl: string;
  /** A second replica on the same database. */
  readonly replica: () => Promise<OpenStore>;
};

/** An empty, migrated PostgreSQL database; `close` drops it. */
export const postgresStore = async (): Promise<PostgresStore> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  const replica = () => openStore({ databaseUrl, ...storeOptions });
  const store = await replica();
  return {
    ...store,
    databaseUrl,
    replica,
    close: async () => {
      await store.close();
      await remove();
    },
  };
};
