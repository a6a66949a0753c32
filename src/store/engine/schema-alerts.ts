import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  sql,
  text,
  instant,
} from './drizzle.ts';
import type { Alert, AlertOutcome } from '../../core/alert/alert.ts';
import type { AlertDelivery, DeliveryOutcome } from '../../core/alert/alert-delivery.ts';
import type { SeenExemption, Sighting } from '../../core/inventory/seen-exemption.ts';
import type { LastReading } from '../../core/inventory/sweep.ts';

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
    correlation: text(),
    /** Until then the replica that has taken it may post it. */
    takenUntil: instant(),
    attempts: integer().notNull().default(0),
    unknowns: integer().notNull().default(0),
    outcome: text().$type<DeliveryOutcome>(),
    reason: text(),
    closedAt: instant(),
  },
  (table) => [
    /** Without the place: the database would read all that is due there, and sort it, for the first few. */
    index('alert_deliveries_due')
      .on(table.dueAt)
      .where(sql`outcome is null`),
    /** The next ones of a place in their order: it is read as far as one message tells them. */
    index('alert_deliveries_next')
      .on(table.channelId, table.digest, table.sequence)
      .where(sql`outcome is null`),
    index('alert_deliveries_waiting_about')
      .on(sql`(${table.channelId} || ' ' || ${table.unitKey})`)
      .where(sql`outcome is null`),
    /** Alerts about a unit that may still be posted, wherever they wait. */
    index('alert_deliveries_kept_about')
      .on(sql`split_part(${table.unitKey}, '|', 1)`)
      .where(sql`outcome is null or outcome = 'undeliverable'`),
    index('alert_deliveries_taken')
      .on(table.channelId, table.takenUntil)
      .where(sql`outcome is null and taken_until is not null`),
    index('alert_deliveries_closed')
      .on(table.closedAt)
      .where(sql`outcome is not null`),
    index('alert_deliveries_undelivered')
      .on(sql`${table.channelId} collate "C"`)
      .where(sql`outcome = 'undeliverable'`),
    index('alert_deliveries_unknown')
      .on(table.unknowns)
      .where(sql`unknowns > 0`),
    index('alert_deliveries_about').on(table.channelId, table.unitKey, table.sequence),
  ],
);

/** The cards of alerts in Teams. Those that say less than is known are drawn anew when they are due. */
export const postedAlerts = pgTable(
  'posted_alerts',
  {
    conversationId: text().notNull(),
    activityId: text().notNull(),
    sequence: serial().notNull(),
    /** The conversation without the thread. */
    channelId: text().notNull(),
    /** The unit that it is about, and the key under which it was raised. */
    unit: text().notNull(),
    key: text().notNull(),
    alert: jsonb().$type<Alert>().notNull(),
    /** What became of its exemptions since. */
    outcome: jsonb().$type<AlertOutcome>(),
    version: integer().notNull().default(1),
    outdated: boolean().notNull().default(false),
    /** While somebody draws it, until when nobody else does. */
    dueAt: instant().notNull(),
    attempts: integer().notNull().default(0),
    changedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.activityId] }),
    index('posted_alerts_by_unit').on(table.unit),
    index('posted_alerts_outdated')
      .on(table.dueAt)
      .where(sql`outdated`),
    index('posted_alerts_by_change').on(table.changedAt),
  ],
);

/** The time until which the pace of posting is booked, by conversation and for all together; milliseconds since 1970 by the clock of the database. */
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
  lastReadAt: instant(),
  lastReading: jsonb().$type<Omit<LastReading, 'at'>>(),
  blindSince: instant(),
  blindReason: text(),
  lastTookMs: integer(),
  followedAt: instant(),
  /** When the exemptions that lists show were last read completely. */
  listedPolicyAt: instant(),
  listedDefenderAt: instant(),
});

/** The coverage gaps that were found, by the normal id of the policy assignment. `round` counts how often each opened. */
export const coverageGaps = pgTable(
  'coverage_gaps',
  {
    reference: text().notNull(),
    assignmentId: text().notNull(),
    assignmentName: text().notNull(),
    round: integer().notNull(),
    open: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.reference, table.assignmentId] }),
    index('coverage_gaps_open')
      .on(table.reference)
      .where(sql`open`),
  ],
);

/** JSON has no dates. */
type KeptExemption = Omit<SeenExemption, 'expiresAt' | 'createdAt'> & {
  readonly expiresAt?: string;
  readonly createdAt?: string;
};

/** The exemptions that the sweep has seen; a row without an exemption is from an older version, which stored only ids. */
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
    /** In lower case, like everything that is searched for. */
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
    index('seen_exemptions_needless')
      .on(table.id)
      .where(sql`needless`),
    index('seen_exemptions_in_sight')
      .on(table.number)
      .where(sql`missing_since is null and exemption is not null`),
    index('seen_exemptions_by_expiry')
      .on(sql`(exemption ->> 'expiresAt')`)
      .where(sql`missing_since is null and exemption is not null`),
    index('seen_exemptions_missing')
      .on(table.askedAt.asc().nullsFirst(), table.number)
      .where(sql`missing_since is not null and exemption is not null`),
  ],
);
