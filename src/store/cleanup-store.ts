import { and, eq, isNull, lt } from 'drizzle-orm';
import type { CleanupStore } from '../core/cleanup.ts';
import { cleanups } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Nobody can order one after an hour; so long it can still be told apart from none at all. */
const keptMilliseconds = 7 * 24 * 60 * 60 * 1000;

export const cleanupStore = (database: SqlDatabase): CleanupStore => ({
  add: async (plan) => {
    await database.insert(cleanups).values({ ...plan, orderedAt: plan.orderedAt ?? null });
  },
  find: async (id) => {
    const [row] = await database.select().from(cleanups).where(eq(cleanups.id, id));
    return row === undefined ? undefined : { ...row, orderedAt: row.orderedAt ?? undefined };
  },
  order: async (id, at) => {
    const ordered = await database
      .update(cleanups)
      .set({ orderedAt: at })
      .where(and(eq(cleanups.id, id), isNull(cleanups.orderedAt)))
      .returning({ id: cleanups.id });
    return ordered.length === 1;
  },
  keepOutcomes: async (id, outcomes) => {
    await database.update(cleanups).set({ outcomes }).where(eq(cleanups.id, id));
  },
  prune: async (at) => {
    const before = new Date(at.getTime() - keptMilliseconds);
    await database.delete(cleanups).where(and(isNull(cleanups.orderedAt), lt(cleanups.createdAt, before)));
  },
});
