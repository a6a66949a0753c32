import pg from 'pg';

const others = `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type <> 'autovacuum worker'`;

/**
 * The number of rows that PostgreSQL has read from its tables since the database was made. Close all other connections first: they are counted
 * when they end. Unlike the time, it does not depend on what else the machine does.
 */
export const rowsRead = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    while (((await client.query(others)).rowCount ?? 0) > 0);
    const { rows } = await client.query<{ read: string }>(
      'select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as read from pg_stat_user_tables',
    );
    return Number(rows[0]?.read ?? 0);
  } finally {
    await client.end();
  }
};
