import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Alert } from '../core/alert.ts';
import type { AlertDelivery, DeliveryOutcome } from '../core/alert-delivery.ts';
import type { CleanupItem, CleanupPlan } from '../core/cleanup.ts';
import type { Conversation } from '../core/conversation.ts';
import type { Draft } from '../core/draft.ts';
import type { Target } from '../core/exemption-plan.ts';
import type { Actor, Person } from '../core/person.ts';
import type { PostedCard } from '../core/posted-card.ts';
import type { Renewal } from '../core/renewal.ts';
import type { RequestGovernance } from '../core/request-governance.ts';
import type { Decision, EffectProgress, RequestStatus, Revocation } from '../core/request.ts';
import type { SeenExemption, Sighting } from '../core/seen-exemption.ts';
import type { AlertFilter, ChannelSubscription } from '../core/subscription.ts';
import type { Terms } from '../core/terms.ts';
import type { WriteStep } from '../core/write-step.ts';

const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** JSON holds no dates. */
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
    progress: jsonb().$type<EffectProgress>(),
  },
  (table) => [index('requests_by_status').on(table.status), index('requests_by_requester').on(table.requesterId)],
);

/** What stood in Azure before a request wrote there: the word of Azure as text, byte for byte. */
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
    /** Object id of a person, name of a job. */
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

/** What people may have erased: without the salt the hashes in the ledger cannot be guessed back. */
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
    audience: text().$type<PostedCard['audience']>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.activityId] }),
    index('posted_cards_by_reference').on(table.reference),
  ],
);

export const alertClaims = pgTable(
  'alert_claims',
  {
    conversationId: text().notNull(),
    unitKey: text().notNull(),
    step: text().notNull(),
    claimedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.unitKey, table.step] })],
);

export const alertDeliveries = pgTable(
  'alert_deliveries',
  {
    id: text().primaryKey(),
    sequence: serial().notNull(),
    channelId: text().notNull(),
    alert: jsonb().$type<Alert>().notNull(),
    kind: text().$type<AlertDelivery['kind']>(),
    unitKey: text(),
    scopes: jsonb().$type<readonly string[]>().notNull().default([]),
    mentions: jsonb().$type<readonly string[]>().notNull().default([]),
    digest: boolean().notNull().default(false),
    dueAt: instant().notNull().default(new Date(0)),
    /** Whoever has taken it may post it until then. */
    takenUntil: instant(),
    attempts: integer().notNull().default(0),
    unknowns: integer().notNull().default(0),
    outcome: text().$type<DeliveryOutcome>(),
    reason: text(),
    closedAt: instant(),
  },
  (table) => [
    index('alert_deliveries_open')
      .on(table.channelId, table.dueAt)
      .where(sql`outcome is null`),
    index('alert_deliveries_closed')
      .on(table.closedAt)
      .where(sql`outcome is not null`),
  ],
);

/** Until when the pace of posting is booked, by conversation and for all together; milliseconds since 1970 by the clock of the database. */
export const paces = pgTable('paces', {
  id: text().primaryKey(),
  bookedUntil: doublePrecision().notNull(),
});

export const sweepState = pgTable('sweep_state', {
  only: boolean().primaryKey(),
  lastLookedAt: instant(),
  lastCompletedAt: instant(),
  policies: text(),
  underneathReadAt: instant(),
  blindSince: instant(),
  blindReason: text(),
  lastTookMs: integer(),
  followedAt: instant(),
});

/** JSON holds no dates. */
type KeptExemption = Omit<SeenExemption, 'expiresAt' | 'createdAt'> & {
  readonly expiresAt?: string;
  readonly createdAt?: string;
};

/** What the sweep has seen; a row without an exemption is of an older version, which kept only ids. */
export const seenExemptions = pgTable(
  'seen_exemptions',
  {
    id: text().primaryKey(),
    number: serial().notNull(),
    firstSeenAt: instant().notNull(),
    exemption: jsonb().$type<KeptExemption>(),
    fingerprint: text().notNull().default(''),
    unitKey: text().notNull().default(''),
    reference: text(),
    recommendation: jsonb().$type<Sighting['recommendation']>(),
    /** In lower case, as everything that is looked for. */
    scopeKey: text().notNull().default(''),
    assignmentKey: text().notNull().default(''),
    version: integer().notNull().default(1),
    orphaned: boolean().notNull().default(false),
    needless: boolean().notNull().default(false),
    missingSince: instant(),
    askedAt: instant(),
    silentUntil: instant(),
  },
  (table) => [
    index('seen_exemptions_by_number').on(table.number),
    index('seen_exemptions_by_unit').on(table.unitKey),
    index('seen_exemptions_by_place').on(table.scopeKey, table.assignmentKey),
  ],
);

export const cleanups = pgTable('cleanups', {
  id: text().primaryKey(),
  askerId: text().notNull(),
  createdAt: instant().notNull(),
  items: jsonb().$type<readonly CleanupItem[]>().notNull(),
  orderedAt: instant(),
  outcomes: jsonb().$type<CleanupPlan['outcomes']>().notNull(),
});

export const processedActivities = pgTable(
  'processed_activities',
  {
    conversationId: text().notNull(),
    activityId: text().notNull(),
    seenAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.activityId] }),
    index('processed_activities_by_time').on(table.seenAt),
  ],
);
