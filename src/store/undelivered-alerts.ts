import { personPlace } from '../core/chat/person-place.ts';
import type { UndeliveredAlerts, UndeliveredThere } from '../core/alert/undelivered.ts';
import { and, asc, count, desc, eq, gt, sql, type SqlDatabase } from './engine/drizzle.ts';
import { alertDeliveries as deliveries } from './engine/schema.ts';

const placesAtOnce = 100;

/** What makes a delivery wait again. */
export const reopened = { outcome: null, closedAt: null, reason: null, attempts: 0 };

const isUndelivered = eq(deliveries.outcome, 'undeliverable');
const isForPerson = sql`starts_with(${deliveries.channelId}, ${personPlace('')})`;
/** The order of bytes, which no language of a database changes. */
const inOrder = sql<string>`${deliveries.channelId} collate "C"`;

const detailsOf = async (database: SqlDatabase, channelIds: readonly string[]): Promise<UndeliveredThere[]> => {
  const rows = await database
    .select({
      channelId: deliveries.channelId,
      alerts: count(),
      reason: sql<string | null>`(array_agg(${deliveries.reason} order by ${deliveries.closedAt} desc))[1]`,
      since: sql<Date>`min(${deliveries.closedAt})`.mapWith(deliveries.closedAt),
      scopes: sql<readonly (readonly string[])[]>`jsonb_agg(distinct ${deliveries.scopes})`,
    })
    .from(deliveries)
    .where(and(isUndelivered, sql`${inOrder} = any(${sql.param(channelIds)}::text[])`))
    .groupBy(deliveries.channelId);
  return rows.map(({ reason, scopes, ...row }) => ({
    ...row,
    reason: reason ?? '',
    scopes: [...new Set(scopes.flat())],
    someOfAnyScope: scopes.some((each) => each.length === 0),
  }));
};

/** The places that something could not be delivered to, counted and read in the database. */
export const undeliveredAlerts = (database: SqlDatabase): UndeliveredAlerts => {
  const inPlaces = and(isUndelivered, sql`not ${isForPerson}`);
  return {
    undelivered: async () => {
      const channels = sql`distinct ${deliveries.channelId}`;
      const [row] = await database
        .select({
          places: sql<number>`(count(${channels}) filter (where not ${isForPerson}))::int`,
          people: sql<number>`(count(${channels}) filter (where ${isForPerson}))::int`,
          messages: sql<number>`(count(*) filter (where ${isForPerson}))::int`,
        })
        .from(deliveries)
        .where(isUndelivered);
      const { places = 0, people = 0, messages = 0 } = row ?? {};
      return { places, unreached: { people, messages } };
    },
    undeliveredMost: async (most) => {
      const worst = await database
        .select({ channelId: deliveries.channelId })
        .from(deliveries)
        .where(inPlaces)
        .groupBy(deliveries.channelId)
        .orderBy(desc(count()), asc(inOrder))
        .limit(most);
      const ids = worst.map(({ channelId }) => channelId);
      const found = await detailsOf(database, ids);
      return found.sort((a, b) => ids.indexOf(a.channelId) - ids.indexOf(b.channelId));
    },
    async *undeliveredByPlaces() {
      for (let after = ''; ;) {
        const places = await database
          .selectDistinct({ id: inOrder })
          .from(deliveries)
          .where(and(inPlaces, gt(inOrder, after)))
          .orderBy(asc(inOrder))
          .limit(placesAtOnce);
        const last = places.at(-1);
        if (last === undefined) return;
        yield await detailsOf(
          database,
          places.map(({ id }) => id),
        );
        after = last.id;
      }
    },
    reopenIn: async (channelId, at, seen) => {
      const wasSeen = seen && [
        sql`${deliveries.scopes} <@ ${JSON.stringify(seen.scopes)}::jsonb`,
        ...(seen.someOfAnyScope ? [] : [sql`${deliveries.scopes} <> '[]'::jsonb`]),
      ];
      const again = await database
        .update(deliveries)
        .set({ ...reopened, dueAt: at })
        .where(and(eq(inOrder, channelId), isUndelivered, ...(wasSeen ?? [])))
        .returning({ id: deliveries.id });
      return again.length;
    },
  };
};
