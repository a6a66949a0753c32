import type { RequestLists, RequestQuestion, RequestsInSight } from '../../core/request/listed-requests.ts';
import type { Person } from '../../core/person.ts';
import { alias, and, count, eq, gte, inArray, isNotNull, lt, not, or, sql } from '../engine/drizzle.ts';
import type { AnyColumn, SQL, SqlDatabase } from '../engine/drizzle.ts';
import { requests, requestScopes, requestTargets } from '../engine/schema.ts';
import { scopeCondition } from '../engine/scope-condition.ts';
import { newestFirst, reportedInPortions } from './in-portions.ts';
import { requestOf } from './request-row.ts';

const isBy = ({ objectId, tenantId }: Person, table: Pick<RequestsTable, 'requesterId' | 'requester'>): SQL =>
  sql`(${table.requesterId} = ${objectId.toLowerCase()} and lower(${table.requester} ->> 'tenantId') = ${tenantId.toLowerCase()})`;

const isApprovedBy = ({ objectId, tenantId }: Person): SQL => sql`exists (
  select from jsonb_array_elements(${requests.approvals}) as approval
  where lower(approval -> 'by' ->> 'objectId') = ${objectId.toLowerCase()}
    and lower(approval -> 'by' ->> 'tenantId') = ${tenantId.toLowerCase()})`;

/** Those that approvers still have to decide: waiting, or written in an emergency. */
const awaitsApproval: SQL = sql`(${requests.status} = 'pending'
  or ${requests.ratifyBy} is not null and ${requests.status} in ('applied', 'partly-applied', 'effective'))`;

/** The table of requests, under whatever name. */
type RequestsTable = Readonly<
  Record<'reference' | 'scopeKey' | 'subscriptionKey' | 'hasSeveralScopes' | 'requesterId' | 'requester', AnyColumn>
>;

/** Undefined: everything is. */
const isInSight = ({ scopes, own }: RequestsInSight, table: RequestsTable): SQL | undefined => {
  const { shown, hidden } = scopes;
  const hidesNothing =
    !hidden.everything && hidden.subscriptions.length + hidden.narrower.length + hidden.exact.length === 0;
  if (shown.everything && hidesNothing) return undefined;
  const isHidden = sql`${scopeCondition(scopes, requestScopes)} is not true`;
  // Each way of being seen has an index of its own.
  return or(
    and(sql`not ${table.hasSeveralScopes}`, scopeCondition(scopes, table)),
    and(
      sql`${table.hasSeveralScopes}`,
      sql`not exists (select from ${requestScopes} where ${requestScopes.reference} = ${table.reference} and ${isHidden})`,
    ),
    own === undefined ? undefined : isBy(own, table),
  );
};

const mine = alias(requestTargets, 'mine');
const other = alias(requestTargets, 'other');
const earlier = alias(requests, 'earlier');

/** An earlier request in sight wrote one of its exemptions. */
const isRenewal = (inSight: RequestsInSight): SQL => sql`exists (
  select from ${requestTargets} as mine
  join ${requestTargets} as other on ${other.exemptionKey} = ${mine.exemptionKey} and ${other.reference} <> ${mine.reference}
  join ${requests} as earlier on ${earlier.reference} = ${other.reference}
  where ${and(
    eq(mine.reference, requests.reference),
    isNotNull(earlier.appliedAt),
    lt(earlier.createdAt, requests.createdAt),
    isInSight(inSight, earlier),
  )})`;

const isAskedFor = ({ inSight, requester, statuses, leftTo }: RequestQuestion): SQL | undefined =>
  and(
    requester === undefined ? undefined : isBy(requester, requests),
    statuses === undefined ? undefined : inArray(requests.status, [...statuses]),
    leftTo === undefined ? undefined : and(awaitsApproval, not(isBy(leftTo, requests)), not(isApprovedBy(leftTo))),
    isInSight(inSight, requests),
  );

export const requestLists = (database: SqlDatabase): RequestLists => ({
  page: async (question, { most, skip = 0, after }) => {
    const isLater =
      after === undefined
        ? undefined
        : sql`(${requests.createdAt}, ${requests.reference}) < (${after.createdAt.toISOString()}::timestamptz, ${after.reference})`;
    const rows = await database
      .select()
      .from(requests)
      .where(and(isAskedFor(question), isLater))
      .orderBy(...newestFirst)
      .limit(most)
      .offset(skip);
    return rows.map(requestOf);
  },
  count: async (question, most) => {
    const found = database
      .select({ one: sql`1`.as('one') })
      .from(requests)
      .where(isAskedFor(question))
      .limit(most)
      .as('found');
    const [row] = await database.select({ found: count() }).from(found);
    return row?.found ?? 0;
  },
  inPeriod: ({ inSight, from, before }) => {
    const revokedAt = sql`(${requests.revocation} ->> 'at')`;
    const isWithin = or(
      awaitsApproval,
      and(gte(requests.createdAt, from), lt(requests.createdAt, before)),
      and(gte(requests.decidedAt, from), lt(requests.decidedAt, before)),
      and(
        isNotNull(requests.revocation),
        sql`${revokedAt} >= ${from.toISOString()} and ${revokedAt} < ${before.toISOString()}`,
      ),
    );
    const condition = and(isWithin, isInSight(inSight, requests));
    return reportedInPortions(database, condition, isRenewal(inSight));
  },
  ofPerson: async (objectId) => {
    const id = objectId.toLowerCase();
    const rows = await database
      .select()
      .from(requests)
      .where(
        or(
          eq(requests.requesterId, id),
          sql`lower(${requests.decidedBy} ->> 'objectId') = ${id}`,
          sql`lower(${requests.revocation} -> 'by' ->> 'objectId') = ${id}`,
          sql`exists (select from jsonb_array_elements(${requests.approvals}) as approval
            where lower(approval -> 'by' ->> 'objectId') = ${id})`,
        ),
      )
      .orderBy(...newestFirst);
    return rows.map(requestOf);
  },
});
