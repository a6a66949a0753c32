import type { UnclaimedDraft, UnclaimedDrafts } from '../../core/request/draft.ts';
import { and, asc, eq, inArray, isNull, lte, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { unclaimedDrafts } from '../engine/schema.ts';

const draftOf = ({ toldAt: _, claimedBy, ...row }: typeof unclaimedDrafts.$inferSelect): UnclaimedDraft => ({
  ...row,
  claimedBy: claimedBy ?? undefined,
});

const isUntold = and(isNull(unclaimedDrafts.toldAt), isNull(unclaimedDrafts.claimedBy));

export const unclaimedStore = (database: SqlDatabase): UnclaimedDrafts => ({
  add: async ({ claimedBy, ...draft }) => {
    const more = sql`${JSON.stringify(draft.scopes)}::jsonb`;
    const all = sql`(select jsonb_agg(distinct scope) from jsonb_array_elements(${unclaimedDrafts.scopes} || ${more}) as scope)`;
    const added = await database
      .insert(unclaimedDrafts)
      .values({ ...draft, claimedBy: claimedBy ?? null })
      .onConflictDoUpdate({
        target: unclaimedDrafts.id,
        set: { scopes: all },
        ...(isUntold === undefined ? {} : { setWhere: isUntold }),
      })
      .returning({ id: unclaimedDrafts.id });
    return added.length === 1;
  },
  find: async (id) => {
    const [row] = await database.select().from(unclaimedDrafts).where(eq(unclaimedDrafts.id, id));
    return row && draftOf(row);
  },
  claim: async (id, objectId) => {
    const claimed = await database
      .update(unclaimedDrafts)
      .set({ claimedBy: objectId.toLowerCase() })
      .where(and(eq(unclaimedDrafts.id, id), isNull(unclaimedDrafts.claimedBy)))
      .returning({ id: unclaimedDrafts.id });
    return claimed.length === 1;
  },
  takeToTell: async ({ until, most, now }) => {
    const due = database
      .select({ id: unclaimedDrafts.id })
      .from(unclaimedDrafts)
      .where(and(isUntold, lte(unclaimedDrafts.createdAt, until)))
      .orderBy(asc(unclaimedDrafts.createdAt))
      .limit(most)
      .for('update', { skipLocked: true });
    const rows = await database
      .update(unclaimedDrafts)
      .set({ toldAt: now })
      .where(inArray(unclaimedDrafts.id, due))
      .returning();
    return rows.map(draftOf);
  },
  tellLater: async (id) => {
    await database.update(unclaimedDrafts).set({ toldAt: null }).where(eq(unclaimedDrafts.id, id));
  },
});
