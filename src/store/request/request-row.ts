import { distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeColumns } from '../../core/tenant/scope-filter.ts';
import { normalReference, type ExemptionRequest } from '../../core/request/request.ts';
import type { requests } from '../engine/schema.ts';

const placeOf = (scopes: readonly string[]) => {
  const [only = '', ...others] = distinctBy(scopes, normalId);
  return others.length > 0
    ? { scopeKey: '', subscriptionKey: null, hasSeveralScopes: true }
    : { ...scopeColumns(only), hasSeveralScopes: false };
};

/** A request as its table keeps it. */
export const rowOf = ({
  terms,
  decision,
  emergency,
  revocation,
  ...request
}: ExemptionRequest): typeof requests.$inferInsert => ({
  ...request,
  ...terms,
  ...placeOf(terms.scopes),
  expiresAt: terms.expiresAt ?? null,
  reference: normalReference(request.reference),
  requesterId: request.requester.objectId.toLowerCase(),
  approvals: request.approvals.map((approval) => ({ ...approval, at: approval.at.toISOString() })),
  ratifyBy: emergency?.ratifyBy ?? null,
  revocation: revocation === undefined ? null : { ...revocation, at: revocation.at.toISOString() },
  renewal: request.renewal ?? null,
  decidedBy: decision?.by ?? null,
  decidedAt: decision?.at ?? null,
  decisionComment: decision?.comment ?? null,
  failure: request.failure ?? null,
  appliedAt: request.appliedAt ?? null,
  progress: request.progress ?? null,
});

/** A request as it was when it was kept. */
export const requestOf = (row: typeof requests.$inferSelect): ExemptionRequest => ({
  reference: row.reference,
  version: row.version,
  status: row.status,
  requester: row.requester,
  createdAt: row.createdAt,
  terms: {
    recommendation: row.recommendation,
    scopes: row.scopes,
    name: row.name,
    category: row.category,
    expiresAt: row.expiresAt ?? undefined,
    justification: row.justification,
    ticket: row.ticket,
  },
  targets: row.targets,
  alsoExempts: row.alsoExempts,
  leftOut: row.leftOut,
  governance: row.governance,
  termsVersion: row.termsVersion,
  approvals: row.approvals.map((approval) => ({ ...approval, at: new Date(approval.at) })),
  decision:
    row.decidedBy === null || row.decidedAt === null
      ? undefined
      : { by: row.decidedBy, at: row.decidedAt, comment: row.decisionComment ?? '' },
  waitingSince: row.waitingSince ?? row.createdAt,
  emergency: row.ratifyBy === null ? undefined : { ratifyBy: row.ratifyBy },
  revocation:
    row.revocation === null
      ? undefined
      : { by: row.revocation.by, at: new Date(row.revocation.at), reason: row.revocation.reason },
  renewal: row.renewal ?? undefined,
  failure: row.failure ?? undefined,
  appliedAt: row.appliedAt ?? undefined,
  absent: row.absent,
  progress: row.progress ?? undefined,
});
