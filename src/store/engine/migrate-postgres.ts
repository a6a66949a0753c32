import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { onPostgres } from './drizzle.ts';
import { casing, migrationsFolder } from './engine.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { lockSession, withSession, type PostgresAccess } from './postgres-connection.ts';

const { drizzle, migrate } = onPostgres;

/** An arbitrary number that no other part of the database locks. */
const migrationLock = 7_213_002;

/** Where there is a ledger, only the role that owns it migrates; the other one may just add rows to it. */
const mayMigrate = async (session: pg.ClientBase): Promise<boolean> => {
  const { rows } = await session.query<{ may: boolean }>(
    `select pg_has_role(relowner, 'USAGE') as may from pg_class where oid = to_regclass('public.ledger')`,
  );
  return rows[0]?.may ?? true;
};

const newestMigration = (): number => {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    readonly entries: readonly { readonly when: number }[];
  };
  return Math.max(...journal.entries.map(({ when }) => when));
};

const requireMigrated = async (session: pg.ClientBase): Promise<void> => {
  const { rows } = await session.query<{ last: string | null }>(
    'select max(created_at) as last from drizzle.__drizzle_migrations',
  );
  if (Number(rows[0]?.last ?? 0) < newestMigration())
    throw new GovernanceError(
      'invalid',
      'The tables are older than this version, and the role in DATABASE_URL may not change them. Run npm run migrate as their owner (docs/install.md).',
    );
};

/**
 * Brings the tables up to date; replicas that start together do it one after another. A role that does not own the tables only checks
 * that they are. Throws GovernanceError invalid if they are not.
 */
export const migratePostgres = (access: PostgresAccess): Promise<void> =>
  withSession(access, async (session) => {
    await lockSession(session, migrationLock);
    if (await mayMigrate(session)) await migrate(drizzle(session, { casing }), { migrationsFolder });
    else await requireMigrated(session);
  });
