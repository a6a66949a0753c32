import { eq, type SqlDatabase } from './engine/drizzle.ts';
import type { ReportOfferStore } from '../core/report/report-offer.ts';
import { reportOffers } from './engine/schema.ts';

export const reportOfferStore = (database: SqlDatabase): ReportOfferStore => ({
  save: async ({ asker, period, ...offer }) => {
    const askerId = asker.objectId.toLowerCase();
    const row = { ...offer, ...period, asker };
    await database
      .insert(reportOffers)
      .values({ askerId, ...row })
      .onConflictDoUpdate({ target: reportOffers.askerId, set: row });
  },
  find: async (id) => {
    const [row] = await database.select().from(reportOffers).where(eq(reportOffers.id, id));
    if (row === undefined) return undefined;
    const { asker, fromDay, toDay, offeredAt } = row;
    return { id, asker, period: { fromDay, toDay }, offeredAt };
  },
  remove: async (id) => {
    const removed = await database
      .delete(reportOffers)
      .where(eq(reportOffers.id, id))
      .returning({ id: reportOffers.id });
    return removed.length === 1;
  },
  removeOf: async (objectId) => {
    const removed = await database
      .delete(reportOffers)
      .where(eq(reportOffers.askerId, objectId.toLowerCase()))
      .returning({ id: reportOffers.id });
    return removed.length;
  },
});
