import type { CleanupKind } from '../../core/inventory/cleanup.ts';
import type { LeftoverFilter, LeftoverStore } from '../../core/inventory/leftovers.ts';
import { nameOf, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import { and, count, eq, isNull, or, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { listedExemptions as listed } from '../engine/schema.ts';
import { scopeCondition } from '../engine/scope-condition.ts';

const placesLookedAt = 100;

const isOf = ({ visible, now }: LeftoverFilter): Readonly<Record<CleanupKind, SQL>> => ({
  orphaned: sql`(${listed.assignmentGone} and ${listed.assignedIn} = any(${sql.param(visible)}::text[]))`,
  expired: sql`(not ${listed.assignmentGone} and not ${listed.ordinary}
    and ${listed.expiresAt} <= ${now.toISOString()}::timestamptz)`,
});

const isLeftover = (filter: LeftoverFilter): SQL | undefined =>
  and(
    eq(listed.madeIn, 'policy'),
    or(...filter.within.map((scopes) => scopeCondition(scopes, listed))) ?? sql`false`,
    ...filter.except.map((scopes) => sql`${scopeCondition(scopes, listed)} is not true`),
    or(...filter.kinds.map((kind) => isOf(filter)[kind])) ?? sql`false`,
  );

/** The resource group of an exemption, or its scope. Roles are read there, for everything below it. */
const place = sql<string>`coalesce(${listed.groupKey}, ${listed.scopeKey})`;

const inOrder = [sql`${listed.scopeKey} collate "C"`, sql`${listed.id} collate "C"`];

/** What can be cleaned up, looked up among the rows that lists are made of. */
export const leftoverStore = (database: SqlDatabase): LeftoverStore => ({
  first: async (filter, most) => {
    const { exemptionId, displayName, expiresAt, assignmentGone } = listed;
    const rows = await database
      .select({ exemptionId, displayName, expiresAt, assignmentGone })
      .from(listed)
      .where(and(isLeftover(filter), isNull(listed.managedBy)))
      .orderBy(...inOrder)
      .limit(most);
    return rows.map((row) => ({
      exemptionId: row.exemptionId,
      scope: scopeOfExtension(row.exemptionId),
      kind: row.assignmentGone ? 'orphaned' : 'expired',
      name: row.displayName || nameOf(row.exemptionId),
      expiresAt: row.expiresAt ?? undefined,
    }));
  },
  count: async (filter) => {
    const rows = await database
      .select({ managedBy: listed.managedBy, found: count() })
      .from(listed)
      .where(isLeftover(filter))
      .groupBy(listed.managedBy);
    return new Map(rows.map(({ managedBy, found }) => [managedBy ?? undefined, found]));
  },
  places: async (filter, most) => {
    const rows = await database
      .select({
        scope: place,
        exempted: sql<string[]>`(array_agg(distinct ${listed.scopeKey}))[1:${sql.raw(String(placesLookedAt))}]`,
        inAll: sql<number>`(count(*) over ())::int`,
      })
      .from(listed)
      .where(isLeftover(filter))
      .groupBy(place)
      .orderBy(sql`${place} collate "C"`)
      .limit(most);
    return { first: rows.map(({ scope, exempted }) => ({ scope, exempted })), inAll: rows[0]?.inAll ?? 0 };
  },
});
