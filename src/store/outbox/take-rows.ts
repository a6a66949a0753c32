import type { OutboxRow } from '../../core/connection/outbox.ts';
import { and, asc, eq, inArray, isNull, lte, or, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { outbox, outboxTargets } from '../engine/schema.ts';

export const isOpen = inArray(outbox.state, ['pending', 'ambiguous']);

export const isFree = (at: Date): SQL | undefined =>
  and(lte(outbox.dueAt, at), or(isNull(outbox.takenUntil), lte(outbox.takenUntil, at)));

/** Not paused, not switched off and not taken away. */
export const isWorking = (at: Date): SQL | undefined =>
  and(
    isNull(outboxTargets.removedAt),
    isNull(outboxTargets.offSince),
    or(isNull(outboxTargets.pausedUntil), lte(outboxTargets.pausedUntil, at)),
  );

/** Nothing before it in its lane has to wait. */
const isItsTurn = (at: Date): SQL => {
  const instant = sql`${at.toISOString()}::timestamptz`;
  return sql`(${outbox.lane} is null or not exists (
    select from ${outbox} as earlier
    where earlier.target = ${outbox.target} and earlier.lane = ${outbox.lane} and earlier.place < ${outbox.place}
      and earlier.state in ('pending', 'ambiguous') and (earlier.due_at > ${instant} or earlier.taken_until > ${instant})))`;
};

const rowOf = (row: typeof outbox.$inferSelect): OutboxRow => ({
  key: row.key,
  target: row.target,
  sequence: row.sequence ?? undefined,
  part: row.part,
  content: row.content ?? undefined,
  attempts: row.attempts,
  unknowns: row.unknowns,
  since: row.since,
});

/** Takes rows of one target. Whoever takes locks the target, so that nobody takes the second row of a lane while the first is being taken. */
export const takeRows = (
  database: SqlDatabase,
  target: string,
  { at, until }: { readonly at: Date; readonly until: Date },
  atMost: number,
): Promise<OutboxRow[]> =>
  database.transaction(async (transaction) => {
    const [working] = await transaction
      .select({ name: outboxTargets.name })
      .from(outboxTargets)
      .where(and(eq(outboxTargets.name, target), isWorking(at)))
      .for('update');
    if (working === undefined) return [];
    const keys = await transaction
      .select({ key: outbox.key })
      .from(outbox)
      .where(and(eq(outbox.target, target), isOpen, isFree(at), isItsTurn(at)))
      .orderBy(asc(outbox.place), asc(outbox.key))
      .limit(atMost);
    if (keys.length === 0) return [];
    const wasLost = sql`${outbox.takenUntil} is not null`;
    const taken = await transaction
      .update(outbox)
      .set({
        takenUntil: until,
        unknowns: sql`${outbox.unknowns} + case when ${wasLost} then 1 else 0 end`,
        state: sql`case when ${wasLost} then 'ambiguous' else ${outbox.state} end`,
      })
      .where(
        inArray(
          outbox.key,
          keys.map(({ key }) => key),
        ),
      )
      .returning();
    return taken.toSorted((a, b) => a.place - b.place || (a.key < b.key ? -1 : 1)).map(rowOf);
  });
