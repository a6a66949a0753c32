import { distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeColumns } from '../../core/tenant/scope-filter.ts';
import { normalReference, type ExemptionRequest } from '../../core/request/request.ts';
import type { DecidedRequest } from '../../core/request/kept-requests.ts';
import type { ReportedRequest } from '../../core/request/listed-requests.ts';
import { sql } from '../engine/drizzle.ts';
import { requests } from '../engine/schema.ts';

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
  reason: terms.reason ?? null,
  origin: request.origin ?? null,
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

type Row = typeof requests.$inferSelect;

const decisionOf = ({
  decidedBy,
  decidedAt,
  decisionComment,
}: Pick<Row, 'decidedBy' | 'decidedAt' | 'decisionComment'>) =>
  decidedBy === null || decidedAt === null
    ? undefined
    : { by: decidedBy, at: decidedAt, comment: decisionComment ?? '' };

const approvalsOf = ({ approvals }: Pick<Row, 'approvals'>): ExemptionRequest['approvals'] =>
  approvals.map((approval) => ({ ...approval, at: new Date(approval.at) }));

const revocationOf = ({ revocation }: Pick<Row, 'revocation'>) =>
  revocation === null ? undefined : { by: revocation.by, at: new Date(revocation.at), reason: revocation.reason };

/** The columns of what a report needs: the others are most of a row. */
export const reportedColumns = {
  reference: requests.reference,
  status: requests.status,
  requester: requests.requester,
  createdAt: requests.createdAt,
  waitingSince: requests.waitingSince,
  recommendation: requests.recommendation,
  scopes: requests.scopes,
  category: requests.category,
  expiresAt: requests.expiresAt,
  decidedBy: requests.decidedBy,
  decidedAt: requests.decidedAt,
  decisionComment: requests.decisionComment,
  ratifyBy: requests.ratifyBy,
  revocation: requests.revocation,
  appliedAt: requests.appliedAt,
  approvalsNeeded: sql<number>`(${requests.governance} -> 'approvals')::int`,
};

/** The columns of what was decided about a request. */
export const decidedColumns = {
  reference: requests.reference,
  requester: requests.requester,
  scopes: requests.scopes,
  approvals: requests.approvals,
  decidedBy: requests.decidedBy,
  decidedAt: requests.decidedAt,
  decisionComment: requests.decisionComment,
};

/** What was decided about a request, from its columns. */
export const decidedOf = (row: Pick<Row, keyof typeof decidedColumns>): DecidedRequest => ({
  reference: row.reference,
  requester: row.requester,
  terms: { scopes: row.scopes },
  approvals: approvalsOf(row),
  decision: decisionOf(row),
});

type ReportedRow = Pick<Row, Exclude<keyof typeof reportedColumns, 'approvalsNeeded'>>;

const reported = (row: ReportedRow): Omit<ReportedRequest, 'governance' | 'isRenewal'> => ({
  reference: row.reference,
  status: row.status,
  requester: row.requester,
  createdAt: row.createdAt,
  waitingSince: row.waitingSince ?? row.createdAt,
  terms: {
    recommendation: row.recommendation,
    scopes: row.scopes,
    category: row.category,
    expiresAt: row.expiresAt ?? undefined,
  },
  decision: decisionOf(row),
  emergency: row.ratifyBy === null ? undefined : { ratifyBy: row.ratifyBy },
  revocation: revocationOf(row),
  appliedAt: row.appliedAt ?? undefined,
});

/** What a report needs of a request, from its columns. */
export const reportedOf = (
  row: ReportedRow & { readonly approvalsNeeded: number; readonly isRenewal: boolean },
): ReportedRequest => ({
  ...reported(row),
  governance: { approvals: row.approvalsNeeded },
  isRenewal: row.isRenewal,
});

/** A request as it was when it was kept. */
export const requestOf = (row: Row): ExemptionRequest => {
  const { terms, ...shared } = reported(row);
  return {
    ...shared,
    version: row.version,
    ...(row.origin === null ? {} : { origin: row.origin }),
    terms: {
      ...terms,
      name: row.name,
      justification: row.justification,
      ticket: row.ticket,
      ...(row.reason === null ? {} : { reason: row.reason }),
    },
    targets: row.targets,
    alsoExempts: row.alsoExempts,
    leftOut: row.leftOut,
    governance: row.governance,
    termsVersion: row.termsVersion,
    approvals: approvalsOf(row),
    renewal: row.renewal ?? undefined,
    failure: row.failure ?? undefined,
    absent: row.absent,
    progress: row.progress ?? undefined,
  };
};
