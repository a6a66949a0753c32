import { inArray, sql, type SqlDatabase } from './engine/drizzle.ts';
import { takeTurn, type Bucket, type Pace, type PaceLimits } from '../core/chat/pace.ts';
import { paces } from './engine/schema.ts';

const everything = 'all';
const idOf = (conversationId: string, index: number): string => `${index} ${conversationId}`;

/** Teams counts real time, and all replicas must agree on it: use the clock of the database, never that of the desk. */
const clock = sql<number>`extract(epoch from clock_timestamp()) * 1000`.mapWith(Number);

type Locked = {
  readonly transaction: SqlDatabase;
  readonly now: number;
  readonly booked: (id: string, bucket: Bucket) => { readonly bucket: Bucket; readonly until: number };
};

/** The pace shared by everybody who uses the database: one row for each bucket, locked while a turn is taken. */
export const paceStore = (database: SqlDatabase, limits: PaceLimits): Pace => {
  const lockIn = async (transaction: SqlDatabase, ids: readonly string[]): Promise<Locked | undefined> => {
    const rows = await transaction
      .select({ id: paces.id, until: paces.bookedUntil, now: clock })
      .from(paces)
      .where(inArray(paces.id, [...ids]))
      .orderBy(paces.id)
      .for('update');
    if (rows.length < ids.length) return undefined;
    const until = new Map(rows.map((row) => [row.id, row.until]));
    const now = Math.max(...rows.map((row) => row.now));
    return { transaction, now, booked: (id, bucket) => ({ bucket, until: until.get(id) ?? 0 }) };
  };
  /** Creates missing rows outside the transaction: two callers that create rows while they hold others could wait for each other. */
  const locked = async <Result>(ids: readonly string[], work: (locked: Locked) => Promise<Result>): Promise<Result> => {
    const done = await database.transaction(async (transaction) => {
      const all = await lockIn(transaction, ids);
      return all === undefined ? undefined : { result: await work(all) };
    });
    if (done !== undefined) return done.result;
    await database
      .insert(paces)
      .values(ids.toSorted().map((id) => ({ id, bookedUntil: 0 })))
      .onConflictDoNothing();
    return locked(ids, work);
  };
  const book = async (transaction: SqlDatabase, booked: ReadonlyMap<string, number>): Promise<void> => {
    await transaction
      .insert(paces)
      .values([...booked].map(([id, bookedUntil]) => ({ id, bookedUntil })))
      .onConflictDoUpdate({ target: paces.id, set: { bookedUntil: sql`excluded.booked_until` } });
  };

  return {
    takeTurn: (conversationId, patienceMs) => {
      const ids = limits.conversation.map((_, index) => idOf(conversationId, index));
      return locked([...ids, everything], async ({ transaction, now, booked }) => {
        const conversation = limits.conversation.map((bucket, index) => booked(idOf(conversationId, index), bucket));
        const turn = takeTurn({ conversation, all: booked(everything, limits.all) }, now, patienceMs);
        if (turn.booked === undefined) return { waitMs: turn.waitMs, taken: false };
        const all = turn.booked.all;
        const own = turn.booked.conversation.map((until, index) => [idOf(conversationId, index), until] as const);
        await book(transaction, new Map([...own, [everything, all]]));
        return { waitMs: turn.waitMs, taken: true };
      });
    },
    hold: async (conversationId, ms) => {
      const [bucket] = limits.conversation;
      if (bucket === undefined) return;
      const id = idOf(conversationId, 0);
      await locked([id], async ({ transaction, now, booked }) => {
        const held = now + ms + (bucket.burst - 1) * bucket.everyMs;
        await book(transaction, new Map([[id, Math.max(booked(id, bucket).until, held)]]));
      });
    },
  };
};
