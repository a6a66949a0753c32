import { and, asc, eq, type SqlDatabase } from './engine/drizzle.ts';
import { normalId } from '../core/tenant/arm-id.ts';
import { normalReference } from '../core/request/request.ts';
import type { WriteStep, WriteStepStore } from '../core/request/write-step.ts';
import { writeSteps } from './engine/schema.ts';

const stepOf = ({ reference, exemptionId, before, state, refusal }: typeof writeSteps.$inferSelect): WriteStep => ({
  reference,
  exemptionId,
  before: before ?? undefined,
  state,
  refusal: refusal ?? undefined,
});

export const writeStepStore = (database: SqlDatabase): WriteStepStore => ({
  begin: async ({ reference, exemptionId, before }) => {
    await database
      .insert(writeSteps)
      .values({
        reference: normalReference(reference),
        exemptionKey: normalId(exemptionId),
        exemptionId,
        before: before ?? null,
        state: 'begun',
      })
      .onConflictDoNothing();
  },
  of: async (reference) => {
    const rows = await database
      .select()
      .from(writeSteps)
      .where(eq(writeSteps.reference, normalReference(reference)))
      .orderBy(asc(writeSteps.sequence));
    return rows.map(stepOf);
  },
  mark: async ({ reference, exemptionId, state, refusal }) => {
    await database
      .update(writeSteps)
      .set({ state, refusal: refusal ?? null })
      .where(
        and(eq(writeSteps.reference, normalReference(reference)), eq(writeSteps.exemptionKey, normalId(exemptionId))),
      );
  },
  clear: async (reference) => {
    await database.delete(writeSteps).where(eq(writeSteps.reference, normalReference(reference)));
  },
});
