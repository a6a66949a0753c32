import { and, asc, count, eq, inArray, isNull, ne, or, sql, type SqlDatabase } from './engine/drizzle.ts';
import type { Conversation, ConversationStore } from '../core/chat/conversation.ts';
import { conversations } from './engine/schema.ts';

const conversationOf = ({
  unreachableSince: since,
  unreachableReason: reason,
  ...row
}: typeof conversations.$inferSelect): Conversation => ({
  ...row,
  unreachable: since === null ? undefined : { since, reason: reason ?? '' },
  objectId: row.objectId ?? undefined,
  name: row.name ?? undefined,
  teamId: row.teamId ?? undefined,
  channelType: row.channelType ?? undefined,
});

const reachable = { unreachableSince: null, unreachableReason: null };

const personalOf = (objectId: string) =>
  and(eq(conversations.kind, 'personal'), eq(conversations.objectId, objectId.toLowerCase()));

export const conversationStore = (database: SqlDatabase): ConversationStore => ({
  remember: async ({ id, unreachable: _, ...rest }) => {
    const row = {
      ...rest,
      ...reachable,
      objectId: rest.objectId?.toLowerCase() ?? null,
      name: rest.name ?? null,
      teamId: rest.teamId ?? null,
      channelType: rest.channelType ?? null,
    };
    // A person has one personal chat with the bot; messages to an older id would get lost.
    if (rest.kind === 'personal' && rest.objectId !== undefined) {
      await database.delete(conversations).where(and(personalOf(rest.objectId), ne(conversations.id, id)));
    }
    await database
      .insert(conversations)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: conversations.id, set: row });
  },
  markUnreachable: async (id, reason, since) => {
    await database
      .update(conversations)
      .set({ unreachableSince: since, unreachableReason: reason })
      .where(and(eq(conversations.id, id), isNull(conversations.unreachableSince)));
  },
  rename: async (id, name) => {
    await database.update(conversations).set({ name }).where(eq(conversations.id, id));
  },
  markReachable: async (ids) => {
    await database
      .update(conversations)
      .set(reachable)
      .where(inArray(conversations.id, [...ids]));
  },
  find: async (id) => {
    const [row] = await database.select().from(conversations).where(eq(conversations.id, id));
    return row === undefined ? undefined : conversationOf(row);
  },
  personal: async (objectId) => {
    const [row] = await database.select().from(conversations).where(personalOf(objectId));
    return row === undefined ? undefined : conversationOf(row);
  },
  ofTeam: async (teamId) => {
    const rows = await database.select().from(conversations).where(eq(conversations.teamId, teamId));
    return rows.map(conversationOf);
  },
  count: async () => {
    const isPersonal = sql`${conversations.kind} = 'personal'`;
    const [row] = await database
      .select({
        all: count(),
        personal: sql<number>`(count(*) filter (where ${isPersonal}))::int`,
        lost: sql<number>`(count(*) filter (where ${isPersonal} and ${conversations.unreachableSince} is not null))::int`,
      })
      .from(conversations);
    return row ?? { all: 0, personal: 0, lost: 0 };
  },
  channelCalled: async (words) => {
    const isCalled = or(eq(conversations.id, words), inArray(conversations.name, [words, `#${words}`]));
    const [row] = await database
      .select()
      .from(conversations)
      .where(and(eq(conversations.kind, 'channel'), isCalled))
      .orderBy(asc(conversations.id))
      .limit(1);
    return row === undefined ? undefined : conversationOf(row);
  },
  forget: async (id) => {
    await database.delete(conversations).where(eq(conversations.id, id));
  },
});
