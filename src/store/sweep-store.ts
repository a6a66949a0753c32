import { inArray } from 'drizzle-orm';
import { normalId } from '../core/arm-id.ts';
import type { SweepStore } from '../core/sweep.ts';
import { seenExemptions, sweepState } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

const rowsPerStatement = 1000;

const portionsOf = (ids: readonly string[]): string[][] => {
  const keys = [...new Set(ids.map(normalId))];
  return Array.from({ length: Math.ceil(keys.length / rowsPerStatement) }, (_, index) =>
    keys.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  );
};

export const sweepStore = (database: SqlDatabase): SweepStore => ({
  lastCompleted: async () => {
    const [row] = await database.select().from(sweepState);
    return row?.lastCompletedAt;
  },
  complete: async (at) => {
    await database
      .insert(sweepState)
      .values({ only: true, lastCompletedAt: at })
      .onConflictDoUpdate({ target: sweepState.only, set: { lastCompletedAt: at } });
  },
  lastTook: async () => {
    const [row] = await database.select().from(sweepState);
    return row?.lastTookMs ?? undefined;
  },
  took: async (ms) => {
    await database.update(sweepState).set({ lastTookMs: Math.round(ms) });
  },
  unseen: async (exemptionIds) => {
    const seen = new Set<string>();
    for (const keys of portionsOf(exemptionIds)) {
      const rows = await database
        .select({ id: seenExemptions.id })
        .from(seenExemptions)
        .where(inArray(seenExemptions.id, keys));
      for (const { id } of rows) seen.add(id);
    }
    return exemptionIds.filter((id) => !seen.has(normalId(id)));
  },
  markSeen: async (exemptionIds, at) => {
    for (const keys of portionsOf(exemptionIds)) {
      await database
        .insert(seenExemptions)
        .values(keys.map((id) => ({ id, firstSeenAt: at })))
        .onConflictDoNothing();
    }
  },
});
