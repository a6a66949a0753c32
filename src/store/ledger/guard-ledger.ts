/** Runs one statement, outside transactions. */
type ExecuteSql = (text: string, values?: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What the role of the app may do, in the order of execution: everything that it does, and with the ledger nothing but read and add. */
const grantsFor = (role: string, database: string): readonly string[] => [
  // pg-boss makes and owns a schema of its own.
  `grant connect, create on database ${quoted(database)} to ${role}`,
  `grant usage on schema public, drizzle to ${role}`,
  `grant select on drizzle.__drizzle_migrations to ${role}`,
  `grant select, insert, update, delete on all tables in schema public to ${role}`,
  `grant usage, select on all sequences in schema public to ${role}`,
  `revoke all on public.ledger from ${role}`,
  `grant select, insert on public.ledger to ${role}`,
];

/** Gives a role what the app needs. Only the owner of the tables can do that; repeat it after each migration. */
export const grantToApp = async (executeSql: ExecuteSql, role: string): Promise<void> => {
  const { rows } = await executeSql('select current_database() as name');
  const { name } = rows[0] as { readonly name: string };
  for (const statement of grantsFor(quoted(role), name)) await executeSql(statement);
};

/** What the current role may do with rows of the ledger beyond reading and adding; empty if nothing. */
export const mayDoToLedger = async (executeSql: ExecuteSql): Promise<readonly string[]> => {
  const { rows } = await executeSql(
    `select wish from unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as wish where has_table_privilege('public.ledger', wish)`,
  );
  return (rows as readonly { readonly wish: string }[]).map(({ wish }) => wish.toLowerCase());
};
