import { and, asc, eq, isNull, lt, lte, or, sql, type SQL, type SqlDatabase } from './engine/drizzle.ts';
import type { Inbox } from '../core/chat/inbox.ts';
import { inbox } from './engine/inbox-table.ts';

/** By the clock of the database, which all replicas share. */
const heldFromNow = sql`now() + interval '20 seconds'`;

export const inboxStore = (database: SqlDatabase): Inbox => {
  const oldest = async (where: SQL | undefined) => {
    const [row] = await database
      .select({ sequence: inbox.sequence, conversationId: inbox.conversationId, activity: inbox.activity })
      .from(inbox)
      .where(and(where, isNull(inbox.answeredAt)))
      .orderBy(asc(inbox.sequence))
      .limit(1);
    return row && { ...row, activity: row.activity ?? '' };
  };
  const add = async (given: Parameters<Inbox['keep']>[0], heldUntil?: SQL) => {
    const [added] = await database
      .insert(inbox)
      .values({ ...given, ...(heldUntil === undefined ? {} : { heldUntil, attempts: 1 }) })
      .onConflictDoNothing()
      .returning({ sequence: inbox.sequence });
    return added?.sequence;
  };

  return {
    keep: async (given) => (await add(given)) !== undefined,
    keepHeld: (given) => add(given, heldFromNow),
    take: async (conversationId) => {
      const next = await oldest(eq(inbox.conversationId, conversationId));
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
    waiting: (conversationId) =>
      oldest(
        or(
          eq(inbox.conversationId, conversationId),
          sql`starts_with(${inbox.conversationId}, ${`${conversationId} `})`,
        ),
      ),
    waitingSince: async (before) => {
      const rows = await database
        .selectDistinct({ conversationId: inbox.conversationId })
        .from(inbox)
        .where(and(isNull(inbox.answeredAt), lte(inbox.receivedAt, before)));
      return rows.map(({ conversationId }) => conversationId);
    },
  };
};
