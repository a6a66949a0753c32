import { readerTime, type KeptReaders } from '../../core/chat/reader-time.ts';
import { eq, type SqlDatabase } from '../engine/drizzle.ts';
import { readers } from '../engine/schema.ts';

export const readerStore = (database: SqlDatabase): KeptReaders => ({
  of: async (objectId) => {
    const [row] = await database.select().from(readers).where(eq(readers.objectId, objectId.toLowerCase()));
    return row && readerTime(row.timeZone, row.locale);
  },
  keep: async (objectId, { timeZone, locale }, changedAt) => {
    const row = { timeZone, locale, changedAt };
    await database
      .insert(readers)
      .values({ objectId: objectId.toLowerCase(), ...row })
      .onConflictDoUpdate({ target: readers.objectId, set: row });
  },
  remove: async (objectId) => {
    const removed = await database
      .delete(readers)
      .where(eq(readers.objectId, objectId.toLowerCase()))
      .returning({ objectId: readers.objectId });
    return removed.length;
  },
});
