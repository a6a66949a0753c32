import type { UnclaimedDrafts } from '../../core/request/draft.ts';
import { and, eq, isNull, type SqlDatabase } from '../engine/drizzle.ts';
import { unclaimedDrafts } from '../engine/schema.ts';

export const unclaimedStore = (database: SqlDatabase): UnclaimedDrafts => ({
  add: async ({ claimedBy, ...draft }) => {
    await database.insert(unclaimedDrafts).values({ ...draft, claimedBy: claimedBy ?? null });
  },
  find: async (id) => {
    const [row] = await database.select().from(unclaimedDrafts).where(eq(unclaimedDrafts.id, id));
    return row && { ...row, claimedBy: row.claimedBy ?? undefined };
  },
  claim: async (id, objectId) => {
    const claimed = await database
      .update(unclaimedDrafts)
      .set({ claimedBy: objectId.toLowerCase() })
      .where(and(eq(unclaimedDrafts.id, id), isNull(unclaimedDrafts.claimedBy)))
      .returning({ id: unclaimedDrafts.id });
    return claimed.length === 1;
  },
});
