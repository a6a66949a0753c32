import { chunksOf } from '../core/lists.ts';
import { and, eq, inArray, sql, type SqlDatabase } from './engine/drizzle.ts';
import type { AlertStore } from '../core/alert/alert-delivery.ts';
import { alertClaims } from './engine/schema.ts';

const rowsPerStatement = 2000;

/** What was claimed for one conversation is from now on claimed for another. */
export const moveClaims = async (database: SqlDatabase, from: string, to: string): Promise<void> => {
  const { conversationId, unitKey, step, claimedAt } = alertClaims;
  await database
    .insert(alertClaims)
    .select(
      database
        .select({ conversationId: sql<string>`${to}`.as('conversation_id'), unitKey, step, claimedAt })
        .from(alertClaims)
        .where(eq(conversationId, from)),
    )
    .onConflictDoNothing();
  await database.delete(alertClaims).where(eq(conversationId, from));
};

/** Which alert was promised to which conversation, permanently. */
export const alertClaimStore = (
  database: SqlDatabase,
): Pick<AlertStore, 'claim' | 'claimAll' | 'isClaimed' | 'heardOf' | 'release'> => {
  const insert = async (rows: readonly (typeof alertClaims.$inferInsert)[]) =>
    rows.length === 0
      ? []
      : database
          .insert(alertClaims)
          .values([...rows])
          .onConflictDoNothing()
          .returning({ unitKey: alertClaims.unitKey, step: alertClaims.step });
  const those = (conversationId: string, unitKey: string, steps: readonly string[]) =>
    and(
      eq(alertClaims.conversationId, conversationId),
      eq(alertClaims.unitKey, unitKey),
      inArray(alertClaims.step, [...steps]),
    );

  return {
    claim: async (conversationId, unitKey, steps, at) => {
      const claimed = await insert(steps.map((step) => ({ conversationId, unitKey, step, claimedAt: at })));
      return claimed.some(({ step }) => step === steps.at(-1));
    },
    claimAll: async (conversationId, claims, at) => {
      // Claims are ordered, so that two callers at the same time cannot wait for each other.
      const rows = claims
        .flatMap(({ unitKey, steps }) => steps.map((step) => ({ conversationId, unitKey, step, claimedAt: at })))
        .sort((a, b) => (a.unitKey < b.unitKey ? -1 : a.unitKey > b.unitKey ? 1 : a.step < b.step ? -1 : 1));
      const first = new Set<string>();
      for (const portion of chunksOf(rows, rowsPerStatement))
        for (const { unitKey, step } of await insert(portion)) first.add(JSON.stringify([unitKey, step]));
      // If the same claim occurs twice in one call, the second one is late.
      return claims.filter(({ unitKey, steps }) => first.delete(JSON.stringify([unitKey, steps.at(-1)])));
    },
    isClaimed: async (conversationId, unitKey, steps) => {
      const claimed = await database
        .select({ step: alertClaims.step })
        .from(alertClaims)
        .where(those(conversationId, unitKey, steps));
      return claimed.length === steps.length;
    },
    heardOf: async (conversationIds, unitKeys) => {
      const heard = new Map<string, Set<string>>();
      for (const keys of chunksOf(unitKeys, rowsPerStatement)) {
        const rows = await database
          .selectDistinct({ conversationId: alertClaims.conversationId, unitKey: alertClaims.unitKey })
          .from(alertClaims)
          .where(
            and(
              sql`${alertClaims.conversationId} = any(${sql.param(conversationIds)}::text[])`,
              sql`${alertClaims.unitKey} = any(${sql.param(keys)}::text[])`,
              sql`${alertClaims.step} not like 'told %' and ${alertClaims.step} not like 'reminder %'`,
            ),
          );
        for (const { conversationId, unitKey } of rows) {
          const keysThere = heard.get(conversationId) ?? new Set<string>();
          heard.set(conversationId, keysThere.add(unitKey));
        }
      }
      return heard;
    },
    release: async (conversationId, unitKey, steps) => {
      await database.delete(alertClaims).where(those(conversationId, unitKey, steps));
    },
  };
};
