import { and, asc, eq, type SqlDatabase } from './engine/drizzle.ts';
import type { PostedCardStore } from '../core/chat/posted-card.ts';
import { normalReference } from '../core/request/request.ts';
import { askedCards, postedCards } from './engine/schema.ts';

export const postedCardStore = (database: SqlDatabase): PostedCardStore => ({
  add: async (card) => {
    const row = { ...card, reference: normalReference(card.reference) };
    await database
      .insert(postedCards)
      .values(row)
      .onConflictDoUpdate({ target: [postedCards.conversationId, postedCards.activityId], set: row });
  },
  of: async (reference) =>
    database
      .select()
      .from(postedCards)
      .where(eq(postedCards.reference, normalReference(reference)))
      .orderBy(asc(postedCards.conversationId), asc(postedCards.activityId)),
  remove: async (conversationId, activityId) => {
    await database
      .delete(postedCards)
      .where(and(eq(postedCards.conversationId, conversationId), eq(postedCards.activityId, activityId)));
  },
  noteAsked: async ({ askerId, ...card }) => {
    const row = { ...card, askerId: askerId.toLowerCase() };
    await database
      .insert(askedCards)
      .values(row)
      .onConflictDoUpdate({ target: [askedCards.conversationId, askedCards.activityId], set: row });
  },
  askerOf: async ({ conversationId, activityId }) => {
    const [found] = await database
      .select({ askerId: askedCards.askerId })
      .from(askedCards)
      .where(and(eq(askedCards.conversationId, conversationId), eq(askedCards.activityId, activityId)));
    return found?.askerId;
  },
});
