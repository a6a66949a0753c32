import { AsyncLocalStorage } from 'node:async_hooks';
import { sql, type SqlDatabase } from './drizzle.ts';
import { fromDrizzle, type Db, type DrizzleTransactionLike } from 'pg-boss';

type Routed = {
  /** The database for use outside transactions. Inside one it refuses, because on the embedded engine it would wait for ever. */
  readonly outside: SqlDatabase;
  /** SQL of the job queue, sent through the open transaction if there is one. */
  readonly sqlForJobs: Db;
  readonly transaction: <T>(work: (transaction: SqlDatabase) => Promise<T>) => Promise<T>;
};

/** Makes the job queue join transactions: everything it sends while one is open is committed or rolled back with it. */
export const routeThroughTransactions = (database: SqlDatabase, ownSql: Db): Routed => {
  const open = new AsyncLocalStorage<Db>();
  const refuseInside = (): void => {
    if (open.getStore() !== undefined) {
      throw new Error('A transaction is open: use the store that it hands out, and open no second one.');
    }
  };
  return {
    outside: new Proxy(database, {
      get(target, property): unknown {
        refuseInside();
        return Reflect.get(target, property, target);
      },
    }),
    sqlForJobs: {
      ...ownSql,
      executeSql: async (text, values) => (open.getStore() ?? ownSql).executeSql(text, values),
    },
    transaction: async (work) => {
      refuseInside();
      return database.transaction((transaction) =>
        open.run(fromDrizzle(transaction as unknown as DrizzleTransactionLike, sql), () => work(transaction)),
      );
    },
  };
};
