import { bigint, boolean, index, instant, jsonb, pgTable, primaryKey, sql, text } from './drizzle.ts';
import type { CleanupItem, CleanupPlan } from '../../core/inventory/cleanup.ts';
import type { ChannelType, Conversation } from '../../core/chat/conversation.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { Actor, Person } from '../../core/person.ts';
import type { DecidingCard } from '../../core/chat/posted-card.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { AlertFilter, ChannelSubscription } from '../../core/alert/subscription.ts';

export * from './inbox-table.ts';
export * from './schema-api.ts';
export * from './schema-alerts.ts';
export * from './schema-listings.ts';
export * from './schema-mirror.ts';
export * from './schema-outbox.ts';
export * from './schema-requests.ts';

/** One for each person: the newest. */
export const reportOffers = pgTable('report_offers', {
  askerId: text().primaryKey(),
  id: text().notNull().unique(),
  asker: jsonb().$type<Person>().notNull(),
  fromDay: text().notNull(),
  toDay: text().notNull(),
  offeredAt: instant().notNull(),
});

/** The newest home card of each person; `staleSince`: something may have changed its numbers since. */
export const homeCards = pgTable(
  'home_cards',
  {
    objectId: text().primaryKey(),
    tenantId: text().notNull(),
    conversationId: text().notNull(),
    activityId: text().notNull(),
    numbers: jsonb().notNull(),
    countedAt: instant().notNull(),
    openCountedAt: instant().notNull(),
    staleSince: instant(),
  },
  (table) => [
    index('home_cards_stale')
      .on(table.staleSince)
      .where(sql`stale_since is not null`),
  ],
);

/** What the client of each person said last of their clock and language; written only when it changed. */
export const readers = pgTable('readers', {
  objectId: text().primaryKey(),
  timeZone: text().notNull(),
  locale: text().notNull(),
  changedAt: instant().notNull(),
});

export const drafts = pgTable('drafts', {
  id: text().primaryKey(),
  requester: jsonb().$type<Person>().notNull(),
  recommendation: jsonb().$type<Draft['recommendation']>().notNull(),
  form: jsonb().$type<Draft['form']>().notNull(),
  amends: jsonb().$type<Draft['amends']>(),
  replaces: jsonb().$type<Draft['replaces']>(),
  origin: text(),
  /** The ids behind the tokens that searches of this form showed. */
  offered: jsonb().$type<Readonly<Record<string, string>>>().notNull().default({}),
  createdAt: instant().notNull(),
});

export const ledger = pgTable(
  'ledger',
  {
    sequence: bigint({ mode: 'number' }).primaryKey(),
    at: instant().notNull(),
    actorKind: text().$type<Actor['kind']>().notNull(),
    /** The object id of a person, or the name of a job. */
    actorId: text().notNull(),
    actorTenantId: text(),
    reference: text(),
    event: text().notNull(),
    from: text().$type<RequestStatus>(),
    to: text().$type<RequestStatus>(),
    facts: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    nameHash: text().notNull(),
    textHash: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    index('ledger_by_reference').on(table.reference),
    index('ledger_by_actor').on(table.actorId),
    index('ledger_by_time').on(table.at),
  ],
);

/** The texts that people may have erased. Without the salt, nobody can guess them from the hashes in the ledger. */
export const ledgerTexts = pgTable('ledger_texts', {
  sequence: bigint({ mode: 'number' }).primaryKey(),
  salt: text().notNull(),
  name: text().notNull(),
  text: text().notNull(),
});

export const conversations = pgTable(
  'conversations',
  {
    id: text().primaryKey(),
    kind: text().$type<Conversation['kind']>().notNull(),
    tenantId: text().notNull(),
    serviceUrl: text().notNull(),
    botId: text().notNull(),
    objectId: text(),
    name: text(),
    teamId: text(),
    channelType: text().$type<ChannelType>(),
    unreachableSince: instant(),
    unreachableReason: text(),
  },
  (table) => [index('conversations_by_person').on(table.objectId), index('conversations_by_team').on(table.teamId)],
);

export const subscriptions = pgTable(
  'subscriptions',
  {
    channelId: text().notNull(),
    kind: text().$type<ChannelSubscription['kind']>().notNull(),
    /** See `subscriptionKey`. */
    scopeKey: text().notNull(),
    scope: text().notNull(),
    filter: jsonb().$type<Partial<AlertFilter>>().notNull().default({}),
    subscribedBy: jsonb().$type<Person>().notNull(),
    subscribedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.kind, table.scopeKey] }),
    index('subscriptions_at_scope').on(table.scopeKey),
  ],
);

export const postedCards = pgTable(
  'posted_cards',
  {
    conversationId: text().notNull(),
    activityId: text().notNull(),
    reference: text().notNull(),
    audience: text().$type<DecidingCard['audience']>().notNull(),
    /** Entra object ids, in lower case. */
    mentioned: jsonb().$type<readonly string[]>().notNull().default([]),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.activityId] }),
    index('posted_cards_by_reference').on(table.reference),
  ],
);

/** Cards in channels and group chats that somebody asked for there. */
export const askedCards = pgTable(
  'asked_cards',
  {
    conversationId: text().notNull(),
    activityId: text().notNull(),
    askerId: text().notNull(),
    askedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.activityId] })],
);

export const cleanups = pgTable('cleanups', {
  id: text().primaryKey(),
  askerId: text().notNull(),
  createdAt: instant().notNull(),
  items: jsonb().$type<readonly CleanupItem[]>().notNull(),
  orderedAt: instant(),
  /** The name of who ordered it. */
  orderedBy: text(),
  outcomes: jsonb().$type<CleanupPlan['outcomes']>().notNull(),
  card: jsonb().$type<NonNullable<CleanupPlan['card']>>(),
  triedAt: instant(),
  endedAt: instant(),
  gaveUp: boolean().notNull().default(false),
});

/** Settings that an operator switches while Exemption Desk runs. */
export const switches = pgTable('switches', {
  name: text().primaryKey(),
  since: instant().notNull(),
  reason: text().notNull(),
});
