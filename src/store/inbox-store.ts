import { and, asc, eq, isNull, lt, lte, or, sql, type SqlDatabase } from './engine/drizzle.ts';
import type { Inbox } from '../core/chat/inbox.ts';
import { inbox } from './engine/inbox-table.ts';

/** By the clock of the database, which all replicas share. */
const heldFromNow = sql`now() + interval '20 seconds'`;

export const inboxStore = (database: SqlDatabase): Inbox => {
  const waiting: Inbox['waiting'] = async (conversationId) => {
    const [row] = await database
      .select({ sequence: inbox.sequence, conversationId: inbox.conversationId, activity: inbox.activity })
      .from(inbox)
      .where(and(eq(inbox.conversationId, conversationId), isNull(inbox.answeredAt)))
      .orderBy(asc(inbox.sequence))
      .limit(1);
    return row && { ...row, activity: row.activity ?? '' };
  };

  return {
    keep: async (given) => {
      const added = await database
        .insert(inbox)
        .values(given)
        .onConflictDoNothing()
        .returning({ sequence: inbox.sequence });
      return added.length > 0;
    },
    take: async (conversationId) => {
      const next = await waiting(conversationId);
      if (next === undefined) return undefined;
      const [row] = await database
        .update(inbox)
        .set({ attempts: sql`${inbox.attempts} + 1`, heldUntil: heldFromNow })
        .where(
          and(
            eq(inbox.sequence, next.sequence),
            isNull(inbox.answeredAt),
            or(isNull(inbox.heldUntil), lt(inbox.heldUntil, sql`now()`)),
          ),
        )
        .returning();
      if (row === undefined) return 'held';
      const { answeredAt: _at, heldUntil: _held, attempts: attempt, activity, ...kept } = row;
      return { ...kept, attempt, activity: activity ?? '' };
    },
    hold: async (sequence) => {
      await database.update(inbox).set({ heldUntil: heldFromNow }).where(eq(inbox.sequence, sequence));
    },
    settle: async (sequence, at) => {
      await database.update(inbox).set({ activity: null, answeredAt: at }).where(eq(inbox.sequence, sequence));
    },
    giveBack: async (sequence, counted) => {
      await database
        .update(inbox)
        .set({ heldUntil: null, ...(counted ? {} : { attempts: sql`${inbox.attempts} - 1` }) })
        .where(eq(inbox.sequence, sequence));
    },
    waiting,
    waitingSince: async (before) => {
      const rows = await database
        .selectDistinct({ conversationId: inbox.conversationId })
        .from(inbox)
        .where(and(isNull(inbox.answeredAt), lte(inbox.receivedAt, before)));
      return rows.map(({ conversationId }) => conversationId);
    },
  };
};
