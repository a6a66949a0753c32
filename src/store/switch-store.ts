import { eq, type SqlDatabase } from './engine/drizzle.ts';
import type { SwitchStore } from '../core/request/read-only.ts';
import { switches } from './engine/schema.ts';

const readOnly = 'read-only';

export const switchStore = (database: SqlDatabase): SwitchStore => ({
  readOnly: async () => {
    const [row] = await database.select().from(switches).where(eq(switches.name, readOnly));
    return row === undefined ? undefined : { since: row.since, reason: row.reason };
  },
  setReadOnly: async (wanted) => {
    if (wanted === undefined) {
      await database.delete(switches).where(eq(switches.name, readOnly));
      return;
    }
    await database
      .insert(switches)
      .values({ name: readOnly, ...wanted })
      .onConflictDoUpdate({ target: switches.name, set: wanted });
  },
});
