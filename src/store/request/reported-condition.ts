import { and, gte, lt, or, sql, type AnyColumn, type SQL } from '../engine/drizzle.ts';
import { requests } from '../engine/schema.ts';

export type Period = { readonly from: Date; readonly before: Date };

/** Those that approvers still have to decide: waiting, or written in an emergency. */
export const awaitsApproval: SQL = sql`(${requests.status} = 'pending'
  or ${requests.ratifyBy} is not null and ${requests.status} in ('applied', 'partly-applied', 'effective'))`;

const byRequester = (person: SQL): SQL => sql`(lower(${person} ->> 'objectId') = ${requests.requesterId}
  and lower(${person} ->> 'tenantId') = lower(${requests.requester} ->> 'tenantId'))`;

const revokedAt = sql`(${requests.revocation} ->> 'at')`;
const isDecided = sql`(${requests.decidedBy} is not null and ${requests.decidedAt} is not null)`;
const isByAnother = sql`(${requests.status} = 'rejected' or not ${byRequester(sql`${requests.decidedBy}`)})`;
const isUnneeded = sql`((${requests.governance} -> 'approvals')::int = 0)`;
const isTakenBack = sql`(${requests.revocation} ->> 'by' is not null and not ${byRequester(sql`(${requests.revocation} -> 'by')`)})`;

/** How a request was decided, as `verdictOf` says it of one in memory; null while it is not. */
export const verdict = sql<
  string | null
>`(case when not ${isDecided} then null when ${requests.status} = 'rejected' then 'rejected'
  when ${isByAnother} then 'approved' when ${isUnneeded} then 'unneeded' when ${isTakenBack} then 'rejected' end)`;

/** When that was. */
export const verdictAt = sql`(case when not ${isDecided} then null when ${isByAnother} or ${isUnneeded} then ${requests.decidedAt}
  when ${isTakenBack} then ${revokedAt}::timestamptz end)`;

const within = (at: SQL | AnyColumn, { from, before }: Period): SQL =>
  sql`(${at} >= ${from.toISOString()}::timestamptz and ${at} < ${before.toISOString()}::timestamptz)`;

/** The condition that a request was sent in a period. */
export const isSentIn = (period: Period): SQL => within(requests.createdAt, period);

/** The condition that it was decided in a period. What comes first has an index, which finds no fewer. */
export const isDecidedIn = (period: Period): SQL | undefined =>
  and(
    or(
      and(gte(requests.decidedAt, period.from), lt(requests.decidedAt, period.before)),
      sql`(${requests.revocation} is not null and ${revokedAt} >= ${period.from.toISOString()} and ${revokedAt} < ${period.before.toISOString()})`,
    ),
    within(verdictAt, period),
  );
