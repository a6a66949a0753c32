import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  sql,
  type SqlDatabase,
} from './engine/drizzle.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { RequestStore } from '../core/request/kept-requests.ts';
import { normalReference, type ExemptionRequest } from '../core/request/request.ts';
import { requests } from './engine/schema.ts';

const rowOf = ({
  terms,
  decision,
  emergency,
  revocation,
  ...request
}: ExemptionRequest): typeof requests.$inferInsert => ({
  ...request,
  ...terms,
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

const requestOf = (row: typeof requests.$inferSelect): ExemptionRequest => ({
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

const portion = 200;
const keyOf = sql<string>`lower(${requests.recommendation} ->> 'key')`;

export const requestStore = (database: SqlDatabase): RequestStore => ({
  add: async (request) => {
    const added = await database
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
  },
  find: async (reference) => {
    const [row] = await database
      .select()
      .from(requests)
      .where(eq(requests.reference, normalReference(reference)));
    return row === undefined ? undefined : requestOf(row);
  },
  list: async ({ statuses, requesterId, references }) => {
    const rows = await database
      .select()
      .from(requests)
      .where(
        and(
          statuses === undefined ? undefined : inArray(requests.status, [...statuses]),
          requesterId === undefined ? undefined : eq(requests.requesterId, requesterId.toLowerCase()),
          references === undefined ? undefined : inArray(requests.reference, references.map(normalReference)),
        ),
      )
      .orderBy(desc(requests.createdAt), desc(requests.reference));
    return rows.map(requestOf);
  },
  awaitingApproval: async () => {
    const inEmergency = and(
      isNotNull(requests.ratifyBy),
      inArray(requests.status, ['applied', 'partly-applied', 'effective']),
    );
    const rows = await database
      .select()
      .from(requests)
      .where(or(eq(requests.status, 'pending'), inEmergency))
      .orderBy(desc(requests.createdAt), desc(requests.reference));
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
  decidedInside: async ({ places, among, most }) => {
    if (places.length === 0) return [];
    const latest = database
      .select({ reference: requests.reference })
      .from(requests)
      .where(isNotNull(requests.decidedAt))
      .orderBy(desc(requests.decidedAt))
      .limit(among);
    const inside = places
      .map((place) => place.toLowerCase())
      .map((place) => sql`lower(scope) = ${place} or starts_with(lower(scope), ${`${place}/`})`);
    const isInside = sql`exists (select from jsonb_array_elements_text(${requests.scopes}) as scope where ${or(...inside)})`;
    const rows = await database
      .select()
      .from(requests)
      .where(and(inArray(requests.reference, latest), isInside))
      .orderBy(desc(requests.decidedAt), desc(requests.reference))
      .limit(most);
    return rows.map(requestOf);
  },
  async *inPortions(statuses) {
    for (let after = ''; ;) {
      const rows = await database
        .select()
        .from(requests)
        .where(and(inArray(requests.status, [...statuses]), gt(requests.reference, after)))
        .orderBy(asc(requests.reference))
        .limit(portion);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(requestOf);
      after = last.reference;
    }
  },
  countAbout: async (keys, statuses) =>
    database
      .select({ key: keyOf, requests: count(), reference: sql<string>`min(${requests.reference})` })
      .from(requests)
      .where(and(inArray(requests.status, [...statuses]), inArray(keyOf, [...keys])))
      .groupBy(keyOf)
      .orderBy(keyOf),
  replace: async (request) => {
    const { reference, ...changes } = rowOf(request);
    const replaced = await database
      .update(requests)
      .set(changes)
      .where(and(eq(requests.reference, reference), eq(requests.version, request.version - 1)))
      .returning({ reference: requests.reference });
    return replaced.length === 1;
  },
  recordProgress: async (reference, progress) => {
    await database
      .update(requests)
      .set({ progress })
      .where(eq(requests.reference, normalReference(reference)));
  },
});
