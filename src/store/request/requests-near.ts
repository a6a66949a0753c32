import type { RequestStore } from '../../core/request/kept-requests.ts';
import { and, desc, eq, inArray, isNotNull, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requests, requestScopes } from '../engine/schema.ts';
import { decidedColumns, decidedOf } from './request-row.ts';

/** How many of the last decisions are looked at for requests with several scopes, which have no place of their own in the index. */
const amongLast = 200;

export const requestsNear = (database: SqlDatabase): Pick<RequestStore, 'decidedNear'> => ({
  decidedNear: async ({ scopes, subscriptions, most }) => {
    const latest = (condition: SQL | undefined) =>
      database
        .select(decidedColumns)
        .from(requests)
        .where(and(isNotNull(requests.decidedAt), condition))
        .orderBy(desc(requests.decidedAt))
        .limit(most);
    const lately = database
      .select({ reference: requests.reference })
      .from(requests)
      .where(isNotNull(requests.decidedAt))
      .orderBy(desc(requests.decidedAt))
      .limit(amongLast);
    const isThere = sql`exists (select from ${requestScopes} where ${requestScopes.reference} = ${requests.reference} and (
      ${requestScopes.scopeKey} = any(${sql.param(scopes)}::text[]) or ${requestScopes.subscriptionKey} = any(${sql.param(subscriptions)}::text[])))`;
    const found = await Promise.all([
      ...scopes.map((scope) => latest(eq(requests.scopeKey, scope))),
      ...subscriptions.map((subscription) => latest(eq(requests.subscriptionKey, subscription))),
      latest(and(inArray(requests.reference, lately), requests.hasSeveralScopes, isThere)),
    ]);
    const each = new Map(found.flat().map((row) => [row.reference, decidedOf(row)]));
    return [...each.values()].toSorted((a, b) => (b.decision?.at.getTime() ?? 0) - (a.decision?.at.getTime() ?? 0));
  },
});
