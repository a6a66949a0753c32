import type { RequestStore } from '../../core/request/kept-requests.ts';
import { subscriptionOf } from '../../core/tenant/arm-id.ts';
import { and, desc, eq, inArray, isNotNull, or, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requests, requestScopes } from '../engine/schema.ts';
import { decidedColumns, decidedOf } from './request-row.ts';

/** How many of the last decisions are looked at for what has no place of its own in an index: several scopes, and a part of a subscription. */
const amongLast = 200;

const isInside = (scope: typeof requests.scopeKey | typeof requestScopes.scopeKey, place: string): SQL | undefined =>
  or(eq(scope, place), sql`starts_with(${scope}, ${`${place}/`})`);

export const requestsNear = (database: SqlDatabase): Pick<RequestStore, 'decidedNear'> => ({
  decidedNear: async ({ scopes, inside, most }) => {
    const lastOf = (condition: SQL | undefined) =>
      database
        .select({ reference: requests.reference })
        .from(requests)
        .where(and(isNotNull(requests.decidedAt), condition))
        .orderBy(desc(requests.decidedAt))
        .limit(amongLast);
    const latest = (condition: SQL | undefined) =>
      database
        .select(decidedColumns)
        .from(requests)
        .where(and(isNotNull(requests.decidedAt), condition))
        .orderBy(desc(requests.decidedAt))
        .limit(most);
    const latestInside = (place: string) => {
      const subscription = subscriptionOf(place) ?? '';
      const isThere = eq(requests.subscriptionKey, subscription);
      return place === subscription
        ? latest(isThere)
        : latest(and(inArray(requests.reference, lastOf(isThere)), isInside(requests.scopeKey, place)));
    };
    const isOneOfSeveral = or(
      sql`${requestScopes.scopeKey} = any(${sql.param(scopes)}::text[])`,
      ...inside.map((place) => isInside(requestScopes.scopeKey, place)),
    );
    const hasOneThere = sql`exists (select from ${requestScopes} where ${requestScopes.reference} = ${requests.reference} and ${isOneOfSeveral})`;
    const found = await Promise.all([
      ...scopes.map((scope) => latest(eq(requests.scopeKey, scope))),
      ...inside.map(latestInside),
      latest(and(inArray(requests.reference, lastOf(undefined)), requests.hasSeveralScopes, hasOneThere)),
    ]);
    const each = new Map(found.flat().map((row) => [row.reference, decidedOf(row)]));
    return [...each.values()].toSorted((a, b) => (b.decision?.at.getTime() ?? 0) - (a.decision?.at.getTime() ?? 0));
  },
});
