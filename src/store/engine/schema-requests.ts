import {
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
import { groupKeyOf } from './group-key.ts';
import type { ClaimSlot } from '../../core/request/exemption-claims.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import type { Person } from '../../core/person.ts';
import type { Renewal } from '../../core/request/renewal.ts';
import type { RequestGovernance } from '../../core/request/request-governance.ts';
import type { Decision, EffectProgress, Revocation } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { Terms } from '../../core/request/terms.ts';
import type { WriteStep } from '../../core/request/write-step.ts';

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
    /** The channel or group chat where it was asked for. Undefined: in a personal chat, or before this was kept. */
    origin: text(),
    recommendation: jsonb().$type<Terms['recommendation']>().notNull(),
    scopes: jsonb().$type<Terms['scopes']>().notNull(),
    /** Its one scope, as it is searched for. Where it has several, they stand in `request_scopes`. */
    scopeKey: text().notNull().default(''),
    subscriptionKey: text(),
    groupKey: groupKeyOf('scope_key'),
    hasSeveralScopes: boolean().notNull().default(false),
    name: text().notNull(),
    category: text().$type<Terms['category']>().notNull(),
    expiresAt: instant(),
    justification: text().notNull(),
    ticket: text().notNull(),
    /** Undefined: only the justification says why. */
    reason: jsonb().$type<NonNullable<Terms['reason']>>(),
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
    /** Every reminder that was due until then was sent. Undefined: none was. */
    remindedAt: instant(),
  },
  (table) => [
    index('requests_by_status').on(table.status),
    index('requests_by_requester').on(table.requesterId, table.createdAt, table.reference),
    index('requests_by_scope').on(table.scopeKey),
    index('requests_in_group').on(table.groupKey),
    index('requests_by_subscription').on(table.subscriptionKey),
    index('requests_of_several_scopes')
      .on(table.reference)
      .where(sql`has_several_scopes`),
    index('requests_by_age').on(table.createdAt, table.reference),
    index('requests_by_decision').on(table.decidedAt),
    index('requests_decided_at_scope').on(table.scopeKey, table.decidedAt).where(isNotNull(table.decidedAt)),
    index('requests_decided_in_subscription')
      .on(table.subscriptionKey, table.decidedAt)
      .where(isNotNull(table.decidedAt)),
    index('requests_by_revocation')
      .on(sql`(revocation ->> 'at')`)
      .where(isNotNull(table.revocation)),
    index('requests_to_expire')
      .on(table.expiresAt)
      .where(sql`status in ('applied', 'partly-applied', 'effective')`),
    index('requests_to_follow')
      .on(table.appliedAt)
      .where(sql`status in ('applied', 'partly-applied')`),
    index('requests_in_part')
      .on(table.reference)
      .where(sql`status in ('applied', 'partly-applied', 'effective') and absent <> '[]'`),
    index('requests_to_watch')
      .on(table.waitingSince)
      .where(sql`status = 'pending'`),
    index('requests_in_emergency').on(table.ratifyBy).where(isNotNull(table.ratifyBy)),
    index('requests_to_look_after')
      .on(table.lookedAfterAt.asc().nullsFirst())
      .where(sql`${table.status} = 'pending'`),
  ],
);

/** The scopes of each request that has several, in the forms that are searched for; kept with the request. */
export const requestScopes = pgTable(
  'request_scopes',
  {
    reference: text().notNull(),
    scopeKey: text().notNull(),
    subscriptionKey: text(),
    groupKey: groupKeyOf('scope_key'),
  },
  (table) => [primaryKey({ columns: [table.reference, table.scopeKey] })],
);

/** The exemptions of each request by their normal ids; kept with the request. */
export const requestTargets = pgTable(
  'request_targets',
  { reference: text().notNull(), exemptionKey: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.reference, table.exemptionKey] }),
    index('request_targets_by_exemption').on(table.exemptionKey),
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
