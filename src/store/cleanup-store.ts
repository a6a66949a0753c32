import { normalId, sameId } from '../core/tenant/arm-id.ts';
import { and, count, eq, isNotNull, isNull, sql, type SqlDatabase } from './engine/drizzle.ts';
import { deletedOutcome, deletingOutcome, type CleanupPlan, type CleanupStore } from '../core/inventory/cleanup.ts';
import { cleanups } from './engine/schema.ts';

const planOf = ({ orderedAt, card, endedAt, ...row }: typeof cleanups.$inferSelect): CleanupPlan => ({
  id: row.id,
  askerId: row.askerId,
  createdAt: row.createdAt,
  items: row.items,
  outcomes: row.outcomes,
  orderedAt: orderedAt ?? undefined,
  card: card ?? undefined,
  endedAt: endedAt ?? undefined,
});

export const cleanupStore = (database: SqlDatabase): CleanupStore => ({
  add: async (plan) => {
    await database.insert(cleanups).values({ ...plan, orderedAt: plan.orderedAt ?? null });
  },
  find: async (id) => {
    const [row] = await database.select().from(cleanups).where(eq(cleanups.id, id));
    return row === undefined ? undefined : planOf(row);
  },
  order: async (id, at, byName, card) => {
    const ordered = await database
      .update(cleanups)
      .set({ orderedAt: at, orderedBy: byName, card: card ?? null })
      .where(and(eq(cleanups.id, id), isNull(cleanups.orderedAt)))
      .returning({ id: cleanups.id });
    return ordered.length === 1;
  },
  noteTry: async (id, at) => {
    await database.update(cleanups).set({ triedAt: at }).where(eq(cleanups.id, id));
  },
  abandoned: async (since) => {
    const lastAt = sql`coalesce(${cleanups.triedAt}, ${cleanups.orderedAt})`;
    const rows = await database
      .select()
      .from(cleanups)
      .where(and(isNull(cleanups.endedAt), sql`${lastAt} < ${since.toISOString()}`));
    return rows.map(planOf);
  },
  end: async (id, at, gaveUp) => {
    await database.update(cleanups).set({ endedAt: at, gaveUp }).where(eq(cleanups.id, id));
  },
  givenUp: async () => {
    const [row] = await database.select({ given: count() }).from(cleanups).where(eq(cleanups.gaveUp, true));
    return row?.given ?? 0;
  },
  keepOutcomes: async (id, outcomes) => {
    await database.update(cleanups).set({ outcomes }).where(eq(cleanups.id, id));
  },
  deletedAmong: async (exemptionIds) => {
    const keys = new Set(exemptionIds.map(normalId));
    if (keys.size === 0) return new Map();
    const id = sql<string>`each.id`;
    // The database makes only plain letters small; whatever has others is looked at below.
    const mayBeAmong = sql`(rtrim(lower(trim(${id})), '/') = any(${sql.param([...keys])}::text[]) or octet_length(${id}) <> length(${id}))`;
    const isDeleted = sql`(each.outcome = ${deletedOutcome} or starts_with(each.outcome, ${deletingOutcome}))`;
    const rows = await database
      .select({
        id,
        items: cleanups.items,
        askerId: cleanups.askerId,
        name: cleanups.orderedBy,
        at: cleanups.orderedAt,
      })
      .from(cleanups)
      .innerJoinLateral(sql`jsonb_each_text(${cleanups.outcomes}) as each(id, outcome)`, sql`true`)
      .where(and(isNotNull(cleanups.orderedAt), isDeleted, mayBeAmong))
      .orderBy(cleanups.orderedAt);
    return new Map(
      rows
        .filter((row) => keys.has(normalId(row.id)))
        .map((row) => [
          normalId(row.id),
          {
            revocation: row.items.find(({ exemptionId }) => sameId(exemptionId, row.id))?.revocation,
            by: { objectId: row.askerId, name: row.name ?? 'somebody' },
            at: row.at ?? new Date(0),
          },
        ]),
    );
  },
});
