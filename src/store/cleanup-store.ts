import { and, eq, isNull, type SqlDatabase } from './engine/drizzle.ts';
import type { CleanupStore } from '../core/inventory/cleanup.ts';
import { cleanups } from './engine/schema.ts';

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
});
