import type { Outbox } from '../../core/connection/outbox.ts';
import { and, asc, count, desc, eq, gte, isNull, min, notInArray, sql, type SqlDatabase } from '../engine/drizzle.ts';
import { ledger, outbox, outboxTargets } from '../engine/schema.ts';
import { isOpen } from './take-rows.ts';
import { rowFor } from './write-rows.ts';
import { wantsEvent } from '../../core/connection/outbox.ts';

const rowsAtOnce = 500;

/** Which targets there are, and how each does. */
export const targetRows = (
  database: SqlDatabase,
  hash: (text: string) => string,
): Pick<Outbox, 'keepTargets' | 'noteTarget' | 'failuresOf' | 'replay' | 'health'> => ({
  keepTargets: async (targets, at) => {
    await database.transaction(async (transaction) => {
      for (const { name, events, order } of targets)
        await transaction
          .insert(outboxTargets)
          .values({ name, events, order })
          .onConflictDoUpdate({ target: outboxTargets.name, set: { events, order, removedAt: null } });
      const names = targets.map(({ name }) => name);
      await transaction
        .update(outboxTargets)
        .set({ removedAt: at })
        .where(
          and(isNull(outboxTargets.removedAt), names.length === 0 ? undefined : notInArray(outboxTargets.name, names)),
        );
    });
  },
  noteTarget: async (target, noted) => {
    const columns = {
      works: () => ({
        failures: 0,
        pausedUntil: null,
        ...(noted.kind === 'works' && noted.sentAt !== undefined ? { lastSentAt: noted.sentAt } : {}),
      }),
      failed: () =>
        noted.kind === 'failed'
          ? {
              failures: sql`${outboxTargets.failures} + 1`,
              lastFailure: noted.reason,
              ...(noted.pausedUntil === undefined ? {} : { pausedUntil: noted.pausedUntil }),
            }
          : {},
      off: () => (noted.kind === 'off' ? { offSince: noted.at, offReason: noted.reason } : {}),
      on: () => ({ offSince: null, offReason: null, failures: 0, pausedUntil: null }),
    }[noted.kind]();
    await database.update(outboxTargets).set(columns).where(eq(outboxTargets.name, target));
  },
  failuresOf: async (target) => {
    const [row] = await database
      .select({ failures: outboxTargets.failures })
      .from(outboxTargets)
      .where(eq(outboxTargets.name, target));
    return row?.failures ?? 0;
  },
  replay: async (target, fromSequence, at) => {
    const [known] = await database.select().from(outboxTargets).where(eq(outboxTargets.name, target));
    if (known === undefined) return 0;
    let told = 0;
    for (let from = fromSequence; ;) {
      const rows = await database
        .select()
        .from(ledger)
        .where(gte(ledger.sequence, from))
        .orderBy(asc(ledger.sequence))
        .limit(rowsAtOnce);
      const last = rows.at(-1);
      if (last === undefined) return told;
      const again = rows
        .filter(({ event }) => wantsEvent(known, event))
        .map((row) => ({ ...rowFor(known, row, hash), since: at, dueAt: at }));
      if (again.length > 0)
        await database
          .insert(outbox)
          .values(again)
          .onConflictDoUpdate({
            target: outbox.key,
            set: { state: 'pending', attempts: 0, unknowns: 0, since: at, dueAt: at, closedAt: null, reason: null },
          });
      told += again.length;
      from = last.sequence + 1;
    }
  },
  health: async () => {
    const targets = await database
      .select()
      .from(outboxTargets)
      .where(isNull(outboxTargets.removedAt))
      .orderBy(asc(outboxTargets.name));
    if (targets.length === 0) return [];
    const open = await database
      .select({
        target: outbox.target,
        waiting: count(),
        oldestSince: min(outbox.since),
        ambiguous: sql<number>`count(*) filter (where ${outbox.state} = 'ambiguous')::int`,
      })
      .from(outbox)
      .where(isOpen)
      .groupBy(outbox.target);
    const dead = await database
      .select({ target: outbox.target, dead: count() })
      .from(outbox)
      .where(eq(outbox.state, 'dead'))
      .groupBy(outbox.target);
    const whyDead = async (target: string) => {
      const [row] = await database
        .select({ reason: outbox.reason })
        .from(outbox)
        .where(and(eq(outbox.target, target), eq(outbox.state, 'dead')))
        .orderBy(desc(outbox.closedAt))
        .limit(1);
      return row?.reason ?? undefined;
    };
    const healths = [];
    for (const each of targets) {
      const waiting = open.find(({ target }) => target === each.name);
      const givenUp = dead.find(({ target }) => target === each.name)?.dead ?? 0;
      healths.push({
        target: each.name,
        waiting: waiting?.waiting ?? 0,
        oldestSince: waiting?.oldestSince ?? undefined,
        ambiguous: waiting?.ambiguous ?? 0,
        dead: givenUp,
        whyDead: givenUp === 0 ? undefined : await whyDead(each.name),
        failures: each.failures,
        lastFailure: each.lastFailure ?? undefined,
        pausedUntil: each.pausedUntil ?? undefined,
        off:
          each.offSince === null ? undefined : { since: each.offSince, reason: each.offReason ?? 'no reason is known' },
        lastSentAt: each.lastSentAt ?? undefined,
      });
    }
    return healths;
  },
});
