import { unitIn, type OutcomeOf } from '../core/alert/found-outcome.ts';
import { withoutThread } from '../core/chat/conversation.ts';
import type { PostedMessage } from '../core/chat/notifier.ts';
import type { OutdatedAlert, PostedAlerts } from '../core/chat/posted-alert.ts';
import { and, asc, desc, eq, lte, or, sql, type SQL, type SqlDatabase } from './engine/drizzle.ts';
import { alertDeliveries as deliveries, postedAlerts as posted } from './engine/schema.ts';

const among = (column: SQL | typeof posted.unit, texts: readonly string[]): SQL =>
  sql`${column} = any(${sql.param(texts)}::text[])`;
const isThat = ({ conversationId, activityId }: PostedMessage) =>
  and(eq(posted.conversationId, conversationId), eq(posted.activityId, activityId));

const unitOfDelivery = sql`split_part(${deliveries.unitKey}, '|', 1)`;
/** It may still be posted. Written out, so that the index of those is known to serve. */
const isKept = sql`(${deliveries.outcome} is null or ${deliveries.outcome} = 'undeliverable')`;

/** Raised under one of these keys, or about a unit with one of them as its key. */
const isAbout = (unit: SQL, key: SQL, keys: readonly string[]): SQL | undefined =>
  and(among(unit, [...new Set(keys.map(unitIn))]), or(among(key, keys), among(unit, keys)));

/** What reports an event does not say of itself that it happened, and nothing is noted twice. */
const isOther = (alert: SQL, outcome: SQL, event: string): SQL =>
  sql`coalesce(${alert} ->> 'event', '') <> ${event} and coalesce(${outcome} ->> 'event', '') <> ${event}`;

const outdated = { version: sql`${posted.version} + 1`, outdated: true, attempts: 0 };
/** One that is being drawn stays with whoever draws it. */
const dueNow = (at: Date) =>
  sql`case when ${posted.outdated} then ${posted.dueAt} else ${at.toISOString()}::timestamptz end`;

const cardOf = (row: typeof posted.$inferSelect): OutdatedAlert => ({
  conversationId: row.conversationId,
  activityId: row.activityId,
  alert: row.alert,
  outcome: row.outcome ?? undefined,
  version: row.version,
  attempts: row.attempts,
});

export const postedAlertStore = (database: SqlDatabase): PostedAlerts => {
  const noteOne = async ({ keys, outcome, becomes }: OutcomeOf, at: Date): Promise<boolean> => {
    const text = JSON.stringify(outcome);
    const cards = await database
      .update(posted)
      .set({
        outcome,
        ...(becomes === undefined ? {} : { unit: becomes }),
        changedAt: at,
        dueAt: dueNow(at),
        ...outdated,
      })
      .where(
        and(
          isAbout(sql`${posted.unit}`, sql`${posted.key}`, keys),
          isOther(sql`${posted.alert}`, sql`${posted.outcome}`, outcome.event),
        ),
      )
      .returning({ activityId: posted.activityId });
    await database
      .update(deliveries)
      .set({ alert: sql`${deliveries.alert} || jsonb_build_object('outcome', ${text}::jsonb)` })
      .where(
        and(
          isKept,
          isAbout(unitOfDelivery, sql`${deliveries.unitKey}`, keys),
          isOther(sql`${deliveries.alert}`, sql`${deliveries.alert} -> 'outcome'`, outcome.event),
        ),
      );
    return cards.length > 0;
  };

  return {
    add: async (deliveryId, { conversationId, activityId }, alert, at) => {
      const [delivery] = await database
        .select({ unitKey: deliveries.unitKey, alert: deliveries.alert })
        .from(deliveries)
        .where(eq(deliveries.id, deliveryId))
        .for('update');
      if (delivery?.unitKey === undefined || delivery.unitKey === null) return;
      const { outcome } = delivery.alert;
      const row = {
        channelId: withoutThread(conversationId),
        unit: unitIn(delivery.unitKey),
        key: delivery.unitKey,
        alert,
        outcome: outcome ?? null,
        outdated: outcome?.event !== alert.outcome?.event,
        dueAt: at,
        changedAt: at,
      };
      await database
        .insert(posted)
        .values({ conversationId, activityId, ...row })
        .onConflictDoUpdate({ target: [posted.conversationId, posted.activityId], set: row });
    },
    unitsAmong: async (units) => {
      const cards = await database.selectDistinct({ unit: posted.unit }).from(posted).where(among(posted.unit, units));
      const waiting = await database
        .selectDistinct({ unit: sql<string>`${unitOfDelivery}` })
        .from(deliveries)
        .where(and(isKept, among(unitOfDelivery, units)));
      return [...cards, ...waiting].map(({ unit }) => unit);
    },
    note: async (outcomes, at) => {
      let isAny = false;
      for (const each of outcomes) isAny = (await noteOne(each, at)) || isAny;
      return isAny;
    },
    latestIn: async (channelId, keys) => {
      const [row] = await database
        .select({ conversationId: posted.conversationId, activityId: posted.activityId })
        .from(posted)
        .where(and(eq(posted.channelId, channelId), isAbout(sql`${posted.unit}`, sql`${posted.key}`, keys)))
        .orderBy(desc(posted.sequence))
        .limit(1);
      return row;
    },
    isAnyOutdated: async (at) => {
      const rows = await database
        .select({ activityId: posted.activityId })
        .from(posted)
        .where(and(posted.outdated, lte(posted.dueAt, at)))
        .limit(1);
      return rows.length > 0;
    },
    takeOutdated: (at, until, most) =>
      database.transaction(async (transaction) => {
        const due = await transaction
          .select()
          .from(posted)
          .where(and(posted.outdated, lte(posted.dueAt, at)))
          .orderBy(asc(posted.dueAt), asc(posted.sequence))
          .limit(most)
          .for('update', { skipLocked: true });
        for (const row of due) await transaction.update(posted).set({ dueAt: until }).where(isThat(row));
        return due.map(cardOf);
      }),
    noteDrawn: async (card) => {
      await database
        .update(posted)
        .set({ outdated: sql`${posted.version} <> ${card.version}`, dueAt: new Date(0), attempts: 0 })
        .where(isThat(card));
    },
    putBack: async (card, dueAt, hasFailed) => {
      await database
        .update(posted)
        .set({ dueAt, ...(hasFailed ? { attempts: sql`${posted.attempts} + 1` } : {}) })
        .where(isThat(card));
    },
    remove: async ({ conversationId, activityId }) => {
      await database
        .delete(posted)
        .where(and(eq(posted.activityId, activityId), eq(posted.channelId, withoutThread(conversationId))));
    },
    rewrite: async (reference, rewrite, at) => {
      const rows = await database.select().from(posted).where(eq(posted.unit, reference));
      for (const row of rows)
        await database
          .update(posted)
          .set({ alert: rewrite(row.alert), dueAt: dueNow(at), ...outdated })
          .where(isThat(row));
    },
    rename: async (objectId, name, at) => {
      const isBy = sql`lower(${posted.outcome} -> 'by' ->> 'objectId') = ${objectId.toLowerCase()}`;
      for (const row of await database.select().from(posted).where(isBy)) {
        const { outcome } = row;
        if (outcome?.by === undefined || outcome.by.name === '') continue;
        const line = outcome.line.replaceAll(outcome.by.name, name);
        await database
          .update(posted)
          .set({ outcome: { ...outcome, line, by: { ...outcome.by, name } }, dueAt: dueNow(at), ...outdated })
          .where(isThat(row));
      }
    },
  };
};
