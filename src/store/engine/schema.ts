import {
  bigint,
  boolean,
  index,
  integer,
  instant,
  isNotNull,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  sql,
  text,
} from './drizzle.ts';
import type { CleanupItem, CleanupPlan } from '../../core/inventory/cleanup.ts';
import type { Conversation } from '../../core/chat/conversation.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { ClaimSlot } from '../../core/request/exemption-claims.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import type { Actor, Person } from '../../core/person.ts';
import type { DecidingCard } from '../../core/chat/posted-card.ts';
import type { Renewal } from '../../core/request/renewal.ts';
import type { RequestGovernance } from '../../core/request/request-governance.ts';
import type { Decision, EffectProgress, Revocation } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { AlertFilter, ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Terms } from '../../core/request/terms.ts';
import type { WriteStep } from '../../core/request/write-step.ts';

export * from './inbox-table.ts';
export * from './schema-alerts.ts';
export * from './schema-mirror.ts';

/** JSON has no dates. */
type KeptApproval = Omit<Decision, 'at'> & { readonly at: string };
type KeptRevocation = Omit<Revocation, 'at'> & { readonly at: string };

export const requests = pgTable(
  'requests',
  {
    reference: text().primaryKey(),
    version: integer().notNull(),
    status: text().$type<RequestStatus>().notNull(),
    requesterId: text().notNull(),
    requester: jsonb().$type<Person>().notNull(),
    createdAt: instant().notNull(),
    recommendation: jsonb().$type<Terms['recommendation']>().notNull(),
    scopes: jsonb().$type<Terms['scopes']>().notNull(),
    name: text().notNull(),
    category: text().$type<Terms['category']>().notNull(),
    expiresAt: instant(),
    justification: text().notNull(),
    ticket: text().notNull(),
    targets: jsonb().$type<readonly Target[]>().notNull(),
    alsoExempts: jsonb().$type<readonly string[]>().notNull().default([]),
    leftOut: jsonb().$type<readonly string[]>().notNull().default([]),
    governance: jsonb().$type<RequestGovernance>().notNull(),
    termsVersion: integer().notNull().default(1),
    approvals: jsonb().$type<readonly KeptApproval[]>().notNull().default([]),
    /** Undefined in rows from before there were reminders. */
    waitingSince: instant(),
    ratifyBy: instant(),
    revocation: jsonb().$type<KeptRevocation>(),
    renewal: jsonb().$type<Renewal>(),
    decidedBy: jsonb().$type<Person>(),
    decidedAt: instant(),
    decisionComment: text(),
    failure: text(),
    appliedAt: instant(),
    absent: jsonb().$type<readonly string[]>().notNull().default([]),
    progress: jsonb().$type<EffectProgress>(),
    /** When it was last asked whether what it is for still exists. Undefined in rows from before that was asked. */
    lookedAfterAt: instant(),
  },
  (table) => [
    index('requests_by_status').on(table.status),
    index('requests_by_requester').on(table.requesterId),
    index('requests_by_decision').on(table.decidedAt),
    index('requests_in_emergency').on(table.ratifyBy).where(isNotNull(table.ratifyBy)),
    index('requests_to_look_after')
      .on(table.lookedAfterAt.asc().nullsFirst())
      .where(sql`${table.status} = 'pending'`),
  ],
);

/** Who holds an exemption and who may write it next: never two. `until` is the end of a reservation; a request has none. */
export const exemptionClaims = pgTable(
  'exemption_claims',
  {
    key: text().notNull(),
    slot: text().$type<ClaimSlot>().notNull(),
    by: text().notNull(),
    until: instant(),
  },
  (table) => [primaryKey({ columns: [table.key, table.slot] }), index('exemption_claims_by').on(table.by)],
);

/** What was in Azure before a request wrote there: the answer of Azure as text, byte for byte. */
export const writeSteps = pgTable(
  'write_steps',
  {
    reference: text().notNull(),
    exemptionKey: text().notNull(),
    exemptionId: text().notNull(),
    sequence: serial().notNull(),
    before: text(),
    state: text().$type<WriteStep['state']>().notNull(),
    refusal: text(),
  },
  (table) => [primaryKey({ columns: [table.reference, table.exemptionKey] })],
);

/** One for each person: the newest. */
export const reportOffers = pgTable('report_offers', {
  askerId: text().primaryKey(),
  id: text().notNull().unique(),
  asker: jsonb().$type<Person>().notNull(),
  fromDay: text().notNull(),
  toDay: text().notNull(),
  offeredAt: instant().notNull(),
});

export const drafts = pgTable('drafts', {
  id: text().primaryKey(),
  requester: jsonb().$type<Person>().notNull(),
  recommendation: jsonb().$type<Draft['recommendation']>().notNull(),
  form: jsonb().$type<Draft['form']>().notNull(),
  amends: jsonb().$type<Draft['amends']>(),
  replaces: jsonb().$type<Draft['replaces']>(),
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
  (table) => [index('ledger_by_reference').on(table.reference), index('ledger_by_actor').on(table.actorId)],
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
    scopeKey: text().notNull(),
    scope: text().notNull(),
    filter: jsonb().$type<Partial<AlertFilter>>().notNull().default({}),
    subscribedBy: jsonb().$type<Person>().notNull(),
    subscribedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.kind, table.scopeKey] })],
);

export const postedCards = pgTable(
  'posted_cards',
  {
    conversationId: text().notNull(),
    activityId: text().notNull(),
    reference: text().notNull(),
    audience: text().$type<DecidingCard['audience']>().notNull(),
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
