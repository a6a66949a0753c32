import { eq, inArray, sql } from 'drizzle-orm';
import { takeTurn, type Bucket, type Pace, type PaceLimits } from '../core/pace.ts';
import { paces } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

const everything = 'all';
const idOf = (conversationId: string, index: number): string => `${index} ${conversationId}`;

/** Teams counts real time, and every replica must agree on it: the database's, never that of the desk. */
const clock = sql<number>`extract(epoch from clock_timestamp()) * 1000`.mapWith(Number);

/** The pace shared by all who use the database: one row for each bucket, locked while a turn is taken. */
export const paceStore = (database: SqlDatabase, limits: PaceLimits): Pace => {
  const lock = async (transaction: SqlDatabase, ids: readonly string[]) => {
    await transaction
      .insert(paces)
      .values(ids.map((id) => ({ id, bookedUntil: 0 })))
      .onConflictDoNothing();
    const rows = await transaction
      .select({ id: paces.id, until: paces.bookedUntil })
      .from(paces)
      .where(inArray(paces.id, [...ids]))
      .orderBy(paces.id)
      .for('update');
    const until = new Map(rows.map((row) => [row.id, row.until]));
    return (id: string, bucket: Bucket) => ({ bucket, until: until.get(id) ?? 0 });
  };
  const book = async (transaction: SqlDatabase, id: string, bookedUntil: number): Promise<void> => {
    await transaction.update(paces).set({ bookedUntil }).where(eq(paces.id, id));
  };
  const now = async (transaction: SqlDatabase): Promise<number> => {
    const [row] = await transaction.select({ now: clock }).from(sql`(select 1) as one`);
    return row?.now ?? 0;
  };

  return {
    takeTurn: (conversationId, patienceMs) =>
      database.transaction(async (transaction) => {
        const ids = limits.conversation.map((_, index) => idOf(conversationId, index));
        const booked = await lock(transaction, [...ids, everything]);
        const turn = takeTurn(
          {
            conversation: limits.conversation.map((bucket, index) => booked(idOf(conversationId, index), bucket)),
            all: booked(everything, limits.all),
          },
          await now(transaction),
          patienceMs,
        );
        if (turn.booked === undefined) return { waitMs: turn.waitMs, taken: false };
        for (const [index, until] of turn.booked.conversation.entries())
          await book(transaction, idOf(conversationId, index), until);
        await book(transaction, everything, turn.booked.all);
        return { waitMs: turn.waitMs, taken: true };
      }),
    hold: (conversationId, ms) =>
      database.transaction(async (transaction) => {
        const [bucket] = limits.conversation;
        if (bucket === undefined) return;
        const id = idOf(conversationId, 0);
        const { until } = (await lock(transaction, [id]))(id, bucket);
        const held = (await now(transaction)) + ms + (bucket.burst - 1) * bucket.everyMs;
        await book(transaction, id, Math.max(until, held));
      }),
  };
};
