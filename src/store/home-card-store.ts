import { and, asc, eq, inArray, isNotNull, lt, sql, type SqlDatabase } from './engine/drizzle.ts';
import type { HomeCard, HomeCardStore, HomeView } from '../core/chat/home-view.ts';
import { homeCards } from './engine/schema.ts';

const cardOf = ({
  objectId,
  tenantId,
  conversationId,
  activityId,
  ...row
}: typeof homeCards.$inferSelect): HomeCard => ({
  ...{ objectId, tenantId, conversationId, activityId },
  view: { numbers: row.numbers as HomeView['numbers'], countedAt: row.countedAt, openCountedAt: row.openCountedAt },
});

export const homeCardStore = (database: SqlDatabase): HomeCardStore => ({
  keep: async ({ objectId, view, ...place }) => {
    const row = { ...place, ...view, staleSince: null };
    await database
      .insert(homeCards)
      .values({ objectId: objectId.toLowerCase(), ...row })
      .onConflictDoUpdate({ target: homeCards.objectId, set: row });
  },
  of: async (objectId) => {
    const [row] = await database.select().from(homeCards).where(eq(homeCards.objectId, objectId.toLowerCase()));
    return row && cardOf(row);
  },
  markStale: async (objectIds, at) => {
    if (objectIds.length === 0) return;
    await database
      .update(homeCards)
      .set({ staleSince: sql`coalesce(${homeCards.staleSince}, ${at.toISOString()}::timestamptz)` })
      .where(inArray(homeCards.objectId, [...new Set(objectIds.map((each) => each.toLowerCase()))]));
  },
  stale: async (drawnBefore, most) =>
    (
      await database
        .select()
        .from(homeCards)
        .where(and(isNotNull(homeCards.staleSince), lt(homeCards.countedAt, drawnBefore)))
        .orderBy(asc(homeCards.staleSince), asc(homeCards.objectId))
        .limit(most)
    ).map(cardOf),
  remove: async (objectId) => {
    const removed = await database
      .delete(homeCards)
      .where(eq(homeCards.objectId, objectId.toLowerCase()))
      .returning({ objectId: homeCards.objectId });
    return removed.length;
  },
});
