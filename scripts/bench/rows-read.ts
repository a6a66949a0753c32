import pg from 'pg';

/**
 * The number of rows that PostgreSQL has read from its tables since the database was made. Exact only after all other connections are
 * closed. Unlike the time, it does not depend on what else the machine does.
 */
export const rowsRead = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<{ read: string }>(
      'select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as read from pg_stat_user_tables',
    );
    return Number(rows[0]?.read ?? 0);
  } finally {
    await client.end();
  }
};
