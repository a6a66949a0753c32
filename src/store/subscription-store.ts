import { and, asc, eq, lt, sql, type AnyColumn, type SQL, type SqlDatabase } from './engine/drizzle.ts';
import {
  everyAlert,
  subscriptionKey,
  type ChannelSubscription,
  type SubscriptionStore,
} from '../core/alert/subscription.ts';
import { alertClaims as claims, conversations, subscriptions } from './engine/schema.ts';

const subscriptionOf = ({ scopeKey: _, filter, ...rest }: typeof subscriptions.$inferSelect): ChannelSubscription => ({
  ...rest,
  filter: { ...everyAlert, ...filter },
});

const channelsAtOnce = 100;
const rowsAtOnce = 100;

/** As `baselineKey` writes it. */
const keyOfBaseline = sql`'baseline ' || coalesce(nullif(${subscriptions.scopeKey}, ''), '/') || ' ' || to_char(${subscriptions.subscribedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The order of bytes, which no language of a database changes. */
const inOrder = sql<string>`${subscriptions.channelId} collate "C"`;

const isAny = (column: AnyColumn, texts: readonly string[]): SQL => sql`${column} = any(${sql.param(texts)}::text[])`;

export const subscriptionStore = (database: SqlDatabase): SubscriptionStore => {
  const those = async (condition: SQL | undefined): Promise<ChannelSubscription[]> => {
    const rows = await database
      .select()
      .from(subscriptions)
      .where(condition)
      .orderBy(asc(subscriptions.subscribedAt), asc(subscriptions.channelId), asc(subscriptions.scopeKey));
    return rows.map(subscriptionOf);
  };

  return {
    of: (channelIds) => those(isAny(subscriptions.channelId, channelIds)),
    at: (kind, scopes, recommendations) => {
      const about = [{}, ...recommendations.map((key) => ({ recommendation: { key, title: '' } }))];
      const narrowed = about.flatMap((filter) => [filter, { ...filter, ours: true as const }]);
      const keys = scopes.flatMap((scope) => narrowed.map((filter) => subscriptionKey({ scope, filter })));
      return those(and(eq(subscriptions.kind, kind), isAny(subscriptions.scopeKey, keys)));
    },
    async *byChannels(kind) {
      for (let after = ''; ;) {
        const channels = await database
          .selectDistinct({ id: inOrder })
          .from(subscriptions)
          .where(and(eq(subscriptions.kind, kind), sql`${inOrder} > ${after}`))
          .orderBy(inOrder)
          .limit(channelsAtOnce);
        const last = channels.at(-1);
        if (last === undefined) return;
        const ids = channels.map(({ id }) => id);
        yield await those(and(eq(subscriptions.kind, kind), isAny(subscriptions.channelId, ids)));
        after = last.id;
      }
    },
    async *withoutBaseline() {
      // As a value and not as `exists`: so each is looked up by the key of claims, of which there are many more than subscriptions.
      const claim = sql`(select ${claims.step} from ${claims} where ${claims.conversationId} = ${subscriptions.channelId}
        and ${claims.unitKey} = ${keyOfBaseline} and ${claims.step} = 'baseline')`;
      const place = sql`(${inOrder}, ${subscriptions.scopeKey} collate "C")`;
      for (let after: ChannelSubscription | undefined; ;) {
        const isLater = after && sql`${place} > (${after.channelId}, ${subscriptionKey(after)})`;
        const rows = await database
          .select()
          .from(subscriptions)
          .where(and(eq(subscriptions.kind, 'alerts'), sql`${claim} is null`, isLater))
          .orderBy(asc(inOrder), sql`${subscriptions.scopeKey} collate "C"`)
          .limit(rowsAtOnce);
        const found = rows.map(subscriptionOf);
        after = found.at(-1);
        if (after === undefined) return;
        yield found;
      }
    },
    channelsWithout: async ({ unitKey, step, since }) => {
      const isClaimed = sql`exists (select from ${claims} where ${claims.conversationId} = ${subscriptions.channelId}
      and ${claims.unitKey} = ${unitKey} and ${claims.step} = ${step})`;
      const rows = await database
        .selectDistinct({ id: subscriptions.channelId })
        .from(subscriptions)
        .where(and(eq(subscriptions.kind, 'alerts'), lt(subscriptions.subscribedAt, since), sql`not ${isClaimed}`));
      return rows.map(({ id }) => id);
    },
    count: async () => {
      const isReached = sql`exists (select from ${conversations} where ${conversations.id} = ${subscriptions.channelId}
      and ${conversations.unreachableSince} is null)`;
      const channels = sql`distinct ${subscriptions.channelId}`;
      const [row] = await database
        .select({
          channels: sql<number>`count(${channels})::int`,
          approvals: sql<number>`(count(${channels}) filter (where ${subscriptions.kind} = 'approvals'))::int`,
          unreachable: sql<number>`(count(${channels}) filter (where not ${isReached}))::int`,
        })
        .from(subscriptions);
      return row ?? { channels: 0, approvals: 0, unreachable: 0 };
    },
    rename: async (objectId, name) => {
      const { subscribedBy } = subscriptions;
      const renamed = await database
        .update(subscriptions)
        .set({ subscribedBy: sql`jsonb_set(${subscribedBy}, '{name}', to_jsonb(${name}::text))` })
        .where(
          sql`lower(${subscribedBy} ->> 'objectId') = ${objectId.toLowerCase()} and ${subscribedBy} ->> 'name' <> ${name}`,
        )
        .returning({ channelId: subscriptions.channelId });
      return renamed.length;
    },
    save: async (subscription) => {
      await database
        .insert(subscriptions)
        .values({ ...subscription, scopeKey: subscriptionKey(subscription) })
        .onConflictDoUpdate({
          target: [subscriptions.channelId, subscriptions.kind, subscriptions.scopeKey],
          set: {
            filter: subscription.filter,
            subscribedBy: subscription.subscribedBy,
            subscribedAt: subscription.subscribedAt,
          },
        });
    },
    remove: async (channelId, kind, keys) => {
      const removed = await database
        .delete(subscriptions)
        .where(
          and(
            eq(subscriptions.channelId, channelId),
            eq(subscriptions.kind, kind),
            keys === undefined ? undefined : isAny(subscriptions.scopeKey, keys),
          ),
        )
        .returning();
      return removed.map(subscriptionOf);
    },
    removeChannel: async (channelId) => {
      await database.delete(subscriptions).where(eq(subscriptions.channelId, channelId));
    },
  };
};
