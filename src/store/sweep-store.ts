import type { LastReading, SweepStore } from '../core/inventory/sweep.ts';
import type { Engine } from './engine/engine.ts';
import { sweepState } from './engine/schema.ts';
import type { SqlDatabase } from './engine/drizzle.ts';

type KeptReading = NonNullable<(typeof sweepState.$inferSelect)['lastReading']>;

// A database keeps no undefined member.
const readingFrom = (at: Date, { times, timesOfDefender, ...others }: KeptReading): LastReading => ({
  at,
  times: times ?? undefined,
  timesOfDefender: timesOfDefender ?? undefined,
  ...others,
});

const keptOf = ({ at: _inColumn, ...reading }: LastReading): KeptReading => reading;

export const sweepStore = (database: SqlDatabase, alone: Engine['alone']): SweepStore => ({
  progress: async () => {
    const [row] = await database.select().from(sweepState);
    return {
      lastLookedAt: row?.lastLookedAt ?? undefined,
      lastCompletedAt: row?.lastCompletedAt ?? undefined,
      policies: row?.policies ?? undefined,
      underneathReadAt: row?.underneathReadAt ?? undefined,
      reading: row?.lastReadAt && row.lastReading ? readingFrom(row.lastReadAt, row.lastReading) : undefined,
      blind: row?.blindSince ? { since: row.blindSince, reason: row.blindReason ?? '' } : undefined,
    };
  },
  note: async ({ blind, reading, ...progress }) => {
    const row = {
      lastLookedAt: progress.lastLookedAt ?? null,
      lastCompletedAt: progress.lastCompletedAt ?? null,
      policies: progress.policies ?? null,
      underneathReadAt: progress.underneathReadAt ?? null,
      lastReadAt: reading?.at ?? null,
      lastReading: reading === undefined ? null : keptOf(reading),
      blindSince: blind?.since ?? null,
      blindReason: blind?.reason ?? null,
    };
    await database
      .insert(sweepState)
      .values({ only: true, ...row })
      .onConflictDoUpdate({ target: sweepState.only, set: row });
  },
  lastTook: async () => {
    const [row] = await database.select().from(sweepState);
    return row?.lastTookMs ?? undefined;
  },
  took: async (ms) => {
    await database.update(sweepState).set({ lastTookMs: Math.round(ms) });
  },
  followedAt: async () => {
    const [row] = await database.select().from(sweepState);
    return row?.followedAt ?? undefined;
  },
  followed: async (at) => {
    await database
      .insert(sweepState)
      .values({ only: true, followedAt: at })
      .onConflictDoUpdate({ target: sweepState.only, set: { followedAt: at } });
  },
  alone,
});
