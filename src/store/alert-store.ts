import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AlertStore } from '../core/alert.ts';
import { alertClaims, alertDeliveries } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

const rowsPerStatement = 1000;

export const alertStore = (database: SqlDatabase): AlertStore => ({
  claim: async (conversationId, unitKey, steps, at) => {
    if (steps.length === 0) return false;
    const claimed = await database
      .insert(alertClaims)
      .values(steps.map((step) => ({ conversationId, unitKey, step, claimedAt: at })))
      .onConflictDoNothing()
      .returning({ step: alertClaims.step });
    return claimed.some(({ step }) => step === steps.at(-1));
  },
  takeIn: async (conversationId, known, at) => {
    const rows = known.flatMap(({ unitKey, steps }) =>
      steps.map((step) => ({ conversationId, unitKey, step, claimedAt: at })),
    );
    for (let start = 0; start < rows.length; start += rowsPerStatement)
      await database
        .insert(alertClaims)
        .values(rows.slice(start, start + rowsPerStatement))
        .onConflictDoNothing();
  },
  isClaimed: async (conversationId, unitKey, steps) => {
    const claimed = await database
      .select({ step: alertClaims.step })
      .from(alertClaims)
      .where(
        and(
          eq(alertClaims.conversationId, conversationId),
          eq(alertClaims.unitKey, unitKey),
          inArray(alertClaims.step, [...steps]),
        ),
      );
    return claimed.length === steps.length;
  },
  release: async (conversationId, unitKey, steps) => {
    await database
      .delete(alertClaims)
      .where(
        and(
          eq(alertClaims.conversationId, conversationId),
          eq(alertClaims.unitKey, unitKey),
          inArray(alertClaims.step, [...steps]),
        ),
      );
  },
  addDelivery: async (delivery) => {
    await database.insert(alertDeliveries).values(delivery);
  },
  openDelivery: async (id) => {
    const [row] = await database
      .select()
      .from(alertDeliveries)
      .where(and(eq(alertDeliveries.id, id), isNull(alertDeliveries.outcome)));
    return row === undefined ? undefined : { id, channelId: row.channelId, alert: row.alert };
  },
  closeDelivery: async (id, outcome, at) => {
    await database
      .update(alertDeliveries)
      .set({ outcome, closedAt: at, alert: sql`${alertDeliveries.alert} - array['facts', 'words', 'rows']` })
      .where(and(eq(alertDeliveries.id, id), isNull(alertDeliveries.outcome)));
  },
  rewriteOpen: async (reference, rewrite) => {
    const open = await database
      .select()
      .from(alertDeliveries)
      .where(and(eq(sql`${alertDeliveries.alert} ->> 'reference'`, reference), isNull(alertDeliveries.outcome)));
    for (const { id, alert } of open) {
      await database
        .update(alertDeliveries)
        .set({ alert: rewrite(alert) })
        .where(eq(alertDeliveries.id, id));
    }
  },
});
