import { desc, type SqlDatabase } from './engine/drizzle.ts';
import { inbox } from './engine/inbox-table.ts';

/** When the newest stored activity came from Teams; answered ones are kept as long as `keptDays` says. */
export const lastHeard = (database: SqlDatabase) => async (): Promise<Date | undefined> => {
  const [row] = await database.select({ at: inbox.receivedAt }).from(inbox).orderBy(desc(inbox.sequence)).limit(1);
  return row?.at;
};
