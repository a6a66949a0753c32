import pg from 'pg';

/**
 * How many rows PostgreSQL has read from its tables since the database was made, by whatever way; counted for certain only once everybody else has
 * left it. Unlike its time it is the same on a machine that others use too.
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
