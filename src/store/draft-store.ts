import { eq, sql, type SqlDatabase } from './engine/drizzle.ts';
import type { DraftStore } from '../core/request/draft.ts';
import { drafts } from './engine/schema.ts';

export const draftStore = (database: SqlDatabase): DraftStore => ({
  save: async ({ id, ...draft }) => {
    const rest = { ...draft, amends: draft.amends ?? null, replaces: draft.replaces ?? null };
    await database
      .insert(drafts)
      .values({ id, ...rest })
      .onConflictDoUpdate({ target: drafts.id, set: rest });
  },
  find: async (id) => {
    const [row] = await database.select().from(drafts).where(eq(drafts.id, id));
    return row === undefined
      ? undefined
      : { ...row, amends: row.amends ?? undefined, replaces: row.replaces ?? undefined };
  },
  remove: async (id) => {
    const removed = await database.delete(drafts).where(eq(drafts.id, id)).returning({ id: drafts.id });
    return removed.length === 1;
  },
  removeOf: async (objectId) => {
    const removed = await database
      .delete(drafts)
      .where(eq(sql`lower(${drafts.requester} ->> 'objectId')`, objectId.toLowerCase()))
      .returning({ id: drafts.id });
    return removed.length;
  },
});
