import type {
  RequestFilter,
  RequestLists,
  RequestQuestion,
  RequestsInSight,
} from '../../core/request/listed-requests.ts';
import { erased } from '../../core/ledger/erase-person.ts';
import type { Person } from '../../core/person.ts';
import { alias, and, count, eq, gte, inArray, isNotNull, lt, lte, not, or, sql } from '../engine/drizzle.ts';
import type { AnyColumn, SQL, SqlDatabase } from '../engine/drizzle.ts';
import { postedCards, requests, requestScopes, requestTargets } from '../engine/schema.ts';
import { scopeCondition } from '../engine/scope-condition.ts';
import { inPortions, reportedInPortions } from './in-portions.ts';
import { awaitsApproval, isDecidedIn, isSentIn } from './reported-condition.ts';
import { comesAfter, inOrder } from './request-order.ts';
import { requestOf } from './request-row.ts';
import { isWide } from './scope-width.ts';
import { isMeant } from './severity-rank.ts';
import { tallyRequests } from './tally-requests.ts';
import { couldBeWritten } from './writable-condition.ts';

const isBy = ({ objectId, tenantId }: Person, table: Pick<RequestsTable, 'requesterId' | 'requester'>): SQL =>
  sql`(${table.requesterId} = ${objectId.toLowerCase()} and lower(${table.requester} ->> 'tenantId') = ${tenantId.toLowerCase()})`;

const isApprovedBy = ({ objectId, tenantId }: Person): SQL => sql`exists (
  select from jsonb_array_elements(${requests.approvals}) as approval
  where lower(approval -> 'by' ->> 'objectId') = ${objectId.toLowerCase()}
    and lower(approval -> 'by' ->> 'tenantId') = ${tenantId.toLowerCase()})`;

/** The table of requests, under whatever name. */
type RequestsTable = Readonly<
  Record<
    'reference' | 'scopeKey' | 'subscriptionKey' | 'groupKey' | 'hasSeveralScopes' | 'requesterId' | 'requester',
    AnyColumn
  >
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

/** Ids are kept in lower case. */
const isNamed = (objectId: string): SQL => {
  const named = { approvers: [[{ kind: 'person', id: objectId.toLowerCase() }]] };
  return sql`${requests.governance} @> ${JSON.stringify(named)}::jsonb`;
};

// As a value and not as `exists`: so each is looked up by its reference, because there are many more cards than requests that wait.
const hasNoCard = ({ conversationId, audience }: NonNullable<RequestQuestion['withoutCardIn']>): SQL => sql`(
  select count(*) from ${postedCards} where ${postedCards.reference} = ${requests.reference}
    and ${postedCards.audience} = ${audience} and split_part(${postedCards.conversationId}, ';', 1) = ${conversationId}) = 0`;

/** Zero bytes are in no text of PostgreSQL. */
const isCalled = (text: string): SQL =>
  sql`strpos(lower(${requests.reference} || chr(1) || (${requests.recommendation} ->> 'title')), ${text.replaceAll('\0', '')}::text) > 0`;

const isLeftBy = ({ severity, isWide: wide = false, endsFrom, endsBy, text }: RequestFilter): SQL | undefined =>
  and(
    text === undefined ? undefined : isCalled(text.toLowerCase()),
    severity === undefined ? undefined : isMeant(sql`(${requests.recommendation} ->> 'severity')`, severity),
    wide ? isWide({ scopes: sql`${requests.scopes}`, governance: sql`${requests.governance}` }) : undefined,
    endsFrom === undefined ? undefined : gte(requests.expiresAt, endsFrom),
    endsBy === undefined ? undefined : lte(requests.expiresAt, endsBy),
  );

const isAskedFor = ({
  inSight,
  requester,
  statuses,
  isWaiting = false,
  recommendationKey,
  leftTo,
  couldBeWrittenIn,
  namedApprover,
  withoutCardIn,
  filter,
}: RequestQuestion): SQL | undefined =>
  and(
    isWaiting ? awaitsApproval : undefined,
    recommendationKey === undefined
      ? undefined
      : sql`lower(${requests.recommendation} ->> 'key') = ${recommendationKey.toLowerCase()}`,
    requester === undefined ? undefined : isBy(requester, requests),
    statuses === undefined ? undefined : inArray(requests.status, [...statuses]),
    leftTo === undefined ? undefined : and(awaitsApproval, not(isBy(leftTo, requests)), not(isApprovedBy(leftTo))),
    isInSight(inSight, requests),
    couldBeWrittenIn === undefined ? undefined : couldBeWritten(couldBeWrittenIn),
    namedApprover === undefined ? undefined : isNamed(namedApprover),
    withoutCardIn === undefined ? undefined : hasNoCard(withoutCardIn),
    filter === undefined ? undefined : isLeftBy(filter),
  );

export const requestLists = (database: SqlDatabase): RequestLists => ({
  page: async (question, { most, skip = 0, after, sort = 'newest' }) => {
    const rows = await database
      .select()
      .from(requests)
      .where(and(isAskedFor(question), after && comesAfter(sort, after)))
      .orderBy(...inOrder(sort))
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
  inPeriod: ({ inSight, ...period }) =>
    reportedInPortions(
      database,
      and(or(awaitsApproval, isSentIn(period), isDecidedIn(period)), isInSight(inSight, requests)),
      isRenewal(inSight),
    ),
  tally: ({ inSight, now, ...period }) =>
    tallyRequests(database, { period, now }, { inSight: isInSight(inSight, requests), isRenewal: isRenewal(inSight) }),
  naming: (objectId) => {
    const id = objectId.toLowerCase();
    const isNamed = (person: SQL): SQL =>
      sql`(lower(${person} ->> 'objectId') = ${id} and ${person} ->> 'name' <> ${erased.name})`;
    return inPortions(
      database,
      or(
        and(eq(requests.requesterId, id), isNamed(sql`${requests.requester}`)),
        isNamed(sql`${requests.decidedBy}`),
        isNamed(sql`(${requests.revocation} -> 'by')`),
        sql`exists (select from jsonb_array_elements(${requests.approvals}) as approval where ${isNamed(sql`(approval -> 'by')`)})`,
      ),
    );
  },
});
