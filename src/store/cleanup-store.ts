import { normalId } from '../core/tenant/arm-id.ts';
import { and, eq, isNotNull, isNull, type SqlDatabase } from './engine/drizzle.ts';
import { deletedOutcome, deletingOutcome, type CleanupStore } from '../core/inventory/cleanup.ts';
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
  deletions: async () => {
    const rows = await database
      .select({ outcomes: cleanups.outcomes })
      .from(cleanups)
      .where(isNotNull(cleanups.orderedAt));
    const isDeleted = (outcome: string): boolean => outcome === deletedOutcome || outcome.startsWith(deletingOutcome);
    return new Set(
      rows.flatMap(({ outcomes }) =>
        Object.entries(outcomes).flatMap(([id, outcome]) => (isDeleted(outcome) ? [normalId(id)] : [])),
      ),
    );
  },
});
