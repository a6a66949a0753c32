import pg from 'pg';

const others = `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type <> 'autovacuum worker'`;

/**
 * The number of rows that PostgreSQL has read from each of its tables since the database was made, the most first. Close all other connections first: they are counted
 * when they end. Unlike the time, it does not depend on what else the machine does.
 */
export const rowsReadByTable = async (databaseUrl: string): Promise<ReadonlyMap<string, number>> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    while (((await client.query(others)).rowCount ?? 0) > 0);
    const { rows } = await client.query<{ name: string; read: string }>(
      'select relname as name, seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_user_tables order by 2 desc',
    );
    return new Map(rows.map(({ name, read }) => [name, Number(read)]));
  } finally {
    await client.end();
  }
};

/** The same of all tables together. */
export const rowsRead = async (databaseUrl: string): Promise<number> =>
  [...(await rowsReadByTable(databaseUrl)).values()].reduce((sum, read) => sum + read, 0);
