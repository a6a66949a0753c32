import type { Outbox } from '../../core/connection/outbox.ts';
import { and, eq, exists, inArray, isNull, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { outbox, outboxTargets } from '../engine/schema.ts';
import { isFree, isOpen, isWorking, takeRows } from './take-rows.ts';
import { targetRows } from './target-rows.ts';
import { keyFor } from './write-rows.ts';

export const outboxStore = (database: SqlDatabase, { hash }: { readonly hash: (text: string) => string }): Outbox => ({
  ...targetRows(database, hash),
  add: async (news, at) => {
    for (const { target, about, content, lane } of news)
      await database
        .insert(outbox)
        .values({
          key: keyFor(hash, about, { target }),
          target,
          content,
          lane: lane ?? null,
          place: at.getTime(),
          since: at,
          dueAt: at,
        })
        .onConflictDoNothing();
  },
  split: async ({ key, target }, parts, at) => {
    await database.transaction(async (transaction) => {
      const [whole] = await transaction
        .update(outbox)
        .set({ state: 'sent', closedAt: at, takenUntil: null })
        .where(eq(outbox.key, key))
        .returning();
      if (whole === undefined || parts.length === 0) return;
      const { sequence, lane, place, content } = whole;
      await transaction
        .insert(outbox)
        .values(
          parts.map(({ part, content: own }) => ({
            key: keyFor(hash, key, { target, part }),
            target,
            sequence,
            part,
            content: own ?? content,
            lane: lane === null ? null : `${lane} ${part}`,
            place,
            since: at,
            dueAt: at,
          })),
        )
        .onConflictDoNothing();
    });
  },
  targetsDue: async (at) => {
    const rows = await database
      .select({ name: outboxTargets.name })
      .from(outboxTargets)
      .where(
        and(
          isWorking(at),
          exists(
            database
              .select({ one: sql`1` })
              .from(outbox)
              .where(and(eq(outbox.target, outboxTargets.name), isOpen, isFree(at))),
          ),
        ),
      )
      .orderBy(outboxTargets.name);
    return rows.map(({ name }) => name);
  },
  take: (target, times, atMost) => takeRows(database, target, times, atMost),
  close: async (keys, state, at, reason) => {
    await database
      .update(outbox)
      .set({ state, closedAt: at, takenUntil: null, reason: reason ?? null })
      .where(inArray(outbox.key, [...keys]));
  },
  putBack: async (keys, dueAt, failure) => {
    const counted = {
      refused: { attempts: sql`${outbox.attempts} + 1` },
      unknown: { unknowns: sql`${outbox.unknowns} + 1`, state: 'ambiguous' as const },
    };
    await database
      .update(outbox)
      .set({
        dueAt,
        takenUntil: null,
        ...(failure === undefined ? {} : { reason: failure.reason, ...counted[failure.kind] }),
      })
      .where(inArray(outbox.key, [...keys]));
  },
  drop: async (keys) => {
    await database.delete(outbox).where(inArray(outbox.key, [...keys]));
  },
  sendAgain: async (target, at) => {
    const again = await database
      .update(outbox)
      .set({
        // A row that may have arrived is looked for first, however often it is sent again.
        state: sql`case when ${outbox.unknowns} > 0 then 'ambiguous' else 'pending' end`,
        unknowns: sql`least(${outbox.unknowns}, 1)`,
        attempts: 0,
        since: at,
        dueAt: at,
        closedAt: null,
      })
      .where(and(eq(outbox.state, 'dead'), target === undefined ? undefined : eq(outbox.target, target)))
      .returning({ key: outbox.key });
    await database
      .update(outboxTargets)
      .set({ pausedUntil: null })
      .where(and(isNull(outboxTargets.removedAt), target === undefined ? undefined : eq(outboxTargets.name, target)));
    return again.length;
  },
});
