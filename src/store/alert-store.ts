import { chunksOf } from '../core/lists.ts';
import {
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isNull,
  lte,
  min,
  or,
  sql,
  sum,
  type SQL,
  type SqlDatabase,
} from './engine/drizzle.ts';
import type { AlertDelivery, AlertStore } from '../core/alert/alert-delivery.ts';
import { alertClaimStore, moveClaims } from './alert-claims.ts';
import { alertDeliveries as deliveries } from './engine/schema.ts';
import { reopened, undeliveredAlerts } from './undelivered-alerts.ts';

const rowsPerStatement = 1000;
/** A card with more could not name them all. */
const mostTogether = 1000;
const dayMs = 86_400_000;

const deliveryOf = (row: typeof deliveries.$inferSelect): AlertDelivery => ({
  id: row.id,
  channelId: row.channelId,
  alert: row.alert,
  kind: row.kind ?? undefined,
  unitKey: row.unitKey ?? undefined,
  scopes: row.scopes,
  mentions: row.mentions,
  digest: row.digest,
  dueAt: row.dueAt,
  correlation: row.correlation ?? undefined,
});

const isOpen = isNull(deliveries.outcome);
const isKept = or(isOpen, eq(deliveries.outcome, 'undeliverable'));
const isFree = (at: Date) =>
  and(isOpen, lte(deliveries.dueAt, at), or(isNull(deliveries.takenUntil), lte(deliveries.takenUntil, at)));
const withoutWords = sql`${deliveries.alert} - array['facts', 'words', 'reason', 'rows']`;
const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * dayMs);

/** There is no later one about the same unit in the same place. */
const isLatest = sql`not exists (select 1 from ${deliveries} later where later.channel_id = ${deliveries.channelId} and later.unit_key = ${deliveries.unitKey} and later.sequence > ${deliveries.sequence})`;

type About = { readonly channelId: string; readonly unitKey: string };

/**
 * The ids of those about some units that nobody has taken. Each is looked up alone (`offset 0` keeps that apart) by a text for which only one index serves:
 * before there are statistics, the database would take another one and read everything that waits in the place, for each of them.
 */
const openAbout = (about: readonly About[]): SQL => {
  const places = about.map(({ channelId, unitKey }) => `${channelId} ${unitKey}`);
  return sql`select each.id from unnest(${sql.param(places)}::text[]) as about(place), lateral (select id from ${deliveries} one
    where (one.channel_id || ' ' || one.unit_key) = about.place and one.outcome is null and one.taken_until is null offset 0) as each`;
};

/** The deliveries to post as one message: one alert, or all of a kind if there are many. The rows stay locked. */
const nextOf = async (transaction: SqlDatabase, conversationId: string, at: Date, mostSingly: number) => {
  const some = (digest: boolean, most: number) =>
    transaction
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.channelId, conversationId), eq(deliveries.digest, digest), isFree(at)))
      .orderBy(asc(deliveries.sequence))
      .limit(most)
      .for('update', { skipLocked: true });
  const singles = await some(false, mostSingly + 1);
  if (singles.length > mostSingly) return some(false, mostTogether);
  return singles.length > 0 ? singles.slice(0, 1) : some(true, mostTogether);
};

export const alertStore = (database: SqlDatabase): AlertStore => ({
  ...alertClaimStore(database),
  ...undeliveredAlerts(database),

  addDeliveries: async (added, at, takenUntil) => {
    for (const portion of chunksOf(added, rowsPerStatement)) {
      const about = portion.flatMap(({ channelId, unitKey }) =>
        unitKey === undefined ? [] : [{ channelId, unitKey }],
      );
      if (about.length > 0)
        await database
          .update(deliveries)
          .set({ outcome: 'unwanted', closedAt: at, alert: withoutWords })
          .where(sql`${deliveries.id} in (${openAbout(about)})`);
      await database.insert(deliveries).values(portion.map((each) => ({ ...each, takenUntil })));
    }
  },
  conversationsDue: async (at) => {
    const rows = await database
      .select({ id: deliveries.channelId })
      .from(deliveries)
      .where(isFree(at))
      .groupBy(deliveries.channelId)
      .orderBy(min(deliveries.dueAt));
    return rows.map(({ id }) => id);
  },
  take: (conversationId, { at, until }, mostSingly) =>
    database.transaction(async (transaction) => {
      await transaction
        .update(deliveries)
        .set({ outcome: 'unwanted', closedAt: at, takenUntil: null, alert: withoutWords, mentions: [] })
        .where(
          and(eq(deliveries.channelId, conversationId), isOpen, lte(deliveries.takenUntil, at), sql`not (${isLatest})`),
        );
      const rows = await nextOf(transaction, conversationId, at, mostSingly);
      if (rows.length === 0) return undefined;
      const ids = rows.map(({ id }) => id);
      const taken = await transaction
        .update(deliveries)
        .set({
          takenUntil: until,
          unknowns: sql`${deliveries.unknowns} + case when ${deliveries.takenUntil} is null then 0 else 1 end`,
        })
        .where(inArray(deliveries.id, ids))
        .returning({ attempts: deliveries.attempts, unknowns: deliveries.unknowns });
      return {
        deliveries: rows.map(deliveryOf),
        attempts: Math.max(...taken.map(({ attempts }) => attempts)),
        unknowns: Math.max(...taken.map(({ unknowns }) => unknowns)),
      };
    }),
  close: async (ids, outcome, at, reason) => {
    await database
      .update(deliveries)
      .set({
        outcome,
        closedAt: at,
        takenUntil: null,
        reason: reason ?? null,
        ...(outcome === 'undeliverable' ? {} : { alert: withoutWords, mentions: [] }),
      })
      .where(and(inArray(deliveries.id, [...ids]), isOpen));
  },
  putBack: async (ids, dueAt, failure) => {
    await database
      .update(deliveries)
      .set({
        takenUntil: null,
        dueAt,
        ...(failure === undefined ? {} : { attempts: sql`${deliveries.attempts} + 1` }),
        ...(failure === 'unknown' ? { unknowns: sql`${deliveries.unknowns} + 1` } : {}),
      })
      .where(and(inArray(deliveries.id, [...ids]), isOpen));
  },
  dropOpen: async (conversationId, at) => {
    await database
      .update(deliveries)
      .set({ outcome: 'unwanted', closedAt: at, alert: withoutWords, mentions: [] })
      .where(and(eq(deliveries.channelId, conversationId), isOpen));
  },

  moveTo: async (from, to) => {
    await moveClaims(database, from, to);
    const there = eq(deliveries.channelId, from);
    await database
      .update(deliveries)
      .set({ outcome: 'unwanted', alert: withoutWords, mentions: [] })
      .where(and(there, isKept, sql`not (${isLatest})`));
    await database.update(deliveries).set({ channelId: to }).where(there);
  },
  retryIn: async (conversationId, at, days = 1) => {
    const failed = and(isOpen, isNull(deliveries.takenUntil), gt(deliveries.attempts, 0), gt(deliveries.dueAt, at));
    const givenUp = and(eq(deliveries.outcome, 'undeliverable'), gt(deliveries.closedAt, daysBefore(at, days)));
    await database
      .update(deliveries)
      .set({ ...reopened, dueAt: at })
      .where(and(eq(deliveries.channelId, conversationId), or(failed, and(givenUp, isLatest))));
  },
  health: async (at) => {
    const [due] = await database
      .select({ waiting: count(), since: min(deliveries.dueAt) })
      .from(deliveries)
      .where(and(isOpen, lte(deliveries.dueAt, at)));
    const [held] = await database
      .select({ held: count() })
      .from(deliveries)
      .where(and(isOpen, gt(deliveries.dueAt, at)));
    const [sent] = await database
      .select({ sent: count() })
      .from(deliveries)
      .where(and(eq(deliveries.outcome, 'sent'), gt(deliveries.closedAt, daysBefore(at, 1))));
    const [unknown] = await database
      .select({ unknowns: sum(deliveries.unknowns) })
      .from(deliveries)
      .where(sql`${deliveries.unknowns} > 0`);
    return {
      waiting: due?.waiting ?? 0,
      longestWaitingSince: due?.since ?? undefined,
      held: held?.held ?? 0,
      sent: sent?.sent ?? 0,
      unknowns: Number(unknown?.unknowns ?? 0),
    };
  },
  rewriteKept: async (reference, rewrite) => {
    const kept = await database
      .select()
      .from(deliveries)
      .where(and(eq(sql`${deliveries.alert} ->> 'reference'`, reference), isKept));
    for (const { id, alert } of kept) {
      await database
        .update(deliveries)
        .set({ alert: rewrite(alert) })
        .where(eq(deliveries.id, id));
    }
  },
});
