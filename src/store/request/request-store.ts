import { type SqlDatabase, and, asc, count, eq, inArray, isNull, lte, or, sql } from '../engine/drizzle.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { RequestStore } from '../../core/request/kept-requests.ts';
import { normalReference } from '../../core/request/request.ts';
import { requests } from '../engine/schema.ts';
import { dueRequests } from './select-due-requests.ts';
import { inPortions } from './in-portions.ts';
import { newestFirst } from './request-order.ts';
import { keepPlaces } from './keep-places.ts';
import { requestsNear } from './requests-near.ts';
import { requestLists } from './request-lists.ts';
import { requestOf, rowOf } from './request-row.ts';

const keyOf = sql<string>`lower(${requests.recommendation} ->> 'key')`;

export const requestStore = (database: SqlDatabase): RequestStore => ({
  ...requestLists(database),
  ...dueRequests(database),
  ...requestsNear(database),
  add: async (request) => {
    await database.transaction(async (transaction) => {
      const added = await transaction
        .insert(requests)
        .values({ ...rowOf(request), lookedAfterAt: request.createdAt })
        .onConflictDoNothing()
        .returning({ reference: requests.reference });
      if (added.length === 0) {
        throw new GovernanceError(
          'conflict',
          `The reference ${request.reference} is already taken. Send the form again.`,
        );
      }
      await keepPlaces(transaction, request);
    });
  },
  find: async (reference) => {
    const [row] = await database
      .select()
      .from(requests)
      .where(eq(requests.reference, normalReference(reference)));
    return row === undefined ? undefined : requestOf(row);
  },
  list: async (which) => {
    const rows = await database
      .select()
      .from(requests)
      .where(
        and(
          which.statuses === undefined ? undefined : inArray(requests.status, [...which.statuses]),
          'references' in which
            ? sql`${requests.reference} = any(${sql.param(which.references.map(normalReference))}::text[])`
            : eq(requests.requesterId, which.requesterId.toLowerCase()),
        ),
      )
      .orderBy(...newestFirst);
    return rows.map(requestOf);
  },
  takeToLookAfter: async ({ since, most, now }) => {
    // Only so many are read, in the order of the index, also where none of them is due.
    const neglected = database
      .select({ reference: requests.reference })
      .from(requests)
      .where(eq(requests.status, 'pending'))
      .orderBy(sql`${requests.lookedAfterAt} asc nulls first`, asc(requests.reference))
      .limit(most)
      // A request that is being changed just now has its turn a minute later, so nobody waits for anybody.
      .for('update', { skipLocked: true });
    const isDue = or(isNull(requests.lookedAfterAt), lte(requests.lookedAfterAt, since));
    const rows = await database
      .update(requests)
      .set({ lookedAfterAt: now })
      .where(and(inArray(requests.reference, neglected), isDue))
      .returning();
    return rows.map(requestOf).toSorted((a, b) => (a.reference < b.reference ? -1 : 1));
  },
  inPortions: (statuses) => inPortions(database, inArray(requests.status, [...statuses])),
  countAbout: async (keys, statuses) =>
    database
      .select({ key: keyOf, requests: count(), reference: sql<string>`min(${requests.reference})` })
      .from(requests)
      .where(and(inArray(requests.status, [...statuses]), inArray(keyOf, [...keys])))
      .groupBy(keyOf)
      .orderBy(keyOf),
  replace: async (request) =>
    database.transaction(async (transaction) => {
      const { reference, ...changes } = rowOf(request);
      const replaced = await transaction
        .update(requests)
        .set(changes)
        .where(and(eq(requests.reference, reference), eq(requests.version, request.version - 1)))
        .returning({ reference: requests.reference });
      if (replaced.length === 0) return false;
      await keepPlaces(transaction, request);
      return true;
    }),
  recordProgress: async (reference, progress) => {
    await database
      .update(requests)
      .set({ progress })
      .where(eq(requests.reference, normalReference(reference)));
  },
});
