import { eq, getTableColumns, sql, type SqlDatabase } from './engine/drizzle.ts';
import type { DraftStore } from '../core/request/draft.ts';
import { drafts } from './engine/schema.ts';

/** Somebody who searches on and on must not fill the database. */
const mostOffered = 500;

export const draftStore = (database: SqlDatabase): DraftStore => ({
  save: async ({ id, ...draft }) => {
    const rest = {
      ...draft,
      amends: draft.amends ?? null,
      replaces: draft.replaces ?? null,
      origin: draft.origin ?? null,
    };
    await database
      .insert(drafts)
      .values({ id, ...rest })
      .onConflictDoUpdate({ target: drafts.id, set: rest });
  },
  find: async (id) => {
    const { offered: _, ...columns } = getTableColumns(drafts);
    const [row] = await database.select(columns).from(drafts).where(eq(drafts.id, id));
    return row === undefined
      ? undefined
      : {
          ...row,
          amends: row.amends ?? undefined,
          replaces: row.replaces ?? undefined,
          origin: row.origin ?? undefined,
        };
  },
  offer: async (id, found) => {
    const given = sql`${JSON.stringify(found)}::jsonb`;
    const isFull = sql`(select count(*) from jsonb_object_keys(${drafts.offered})) > ${mostOffered}`;
    await database
      .update(drafts)
      .set({ offered: sql`case when ${isFull} then ${given} else ${drafts.offered} || ${given} end` })
      .where(eq(drafts.id, id));
  },
  offered: async (id) => {
    const [row] = await database.select({ offered: drafts.offered }).from(drafts).where(eq(drafts.id, id));
    return row?.offered ?? {};
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
