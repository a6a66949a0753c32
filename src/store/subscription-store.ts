import { and, asc, eq, type SqlDatabase } from './engine/drizzle.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import { everyAlert, type ChannelSubscription, type SubscriptionStore } from '../core/alert/subscription.ts';
import { subscriptions } from './engine/schema.ts';

const subscriptionOf = ({ scopeKey: _, filter, ...rest }: typeof subscriptions.$inferSelect): ChannelSubscription => ({
  ...rest,
  filter: { ...everyAlert, ...filter },
});

export const subscriptionStore = (database: SqlDatabase): SubscriptionStore => ({
  all: async () => {
    const rows = await database
      .select()
      .from(subscriptions)
      .orderBy(asc(subscriptions.subscribedAt), asc(subscriptions.channelId), asc(subscriptions.scopeKey));
    return rows.map(subscriptionOf);
  },
  save: async (subscription) => {
    await database
      .insert(subscriptions)
      .values({ ...subscription, scopeKey: normalId(subscription.scope) })
      .onConflictDoUpdate({
        target: [subscriptions.channelId, subscriptions.kind, subscriptions.scopeKey],
        set: {
          filter: subscription.filter,
          subscribedBy: subscription.subscribedBy,
          subscribedAt: subscription.subscribedAt,
        },
      });
  },
  remove: async (channelId, kind, scope) => {
    const removed = await database
      .delete(subscriptions)
      .where(
        and(
          eq(subscriptions.channelId, channelId),
          eq(subscriptions.kind, kind),
          scope === undefined ? undefined : eq(subscriptions.scopeKey, normalId(scope)),
        ),
      )
      .returning({ scopeKey: subscriptions.scopeKey });
    return removed.length;
  },
  removeChannel: async (channelId) => {
    await database.delete(subscriptions).where(eq(subscriptions.channelId, channelId));
  },
});
