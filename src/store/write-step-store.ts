import { and, asc, eq } from './drizzle.ts';
import { normalId } from '../core/arm-id.ts';
import { normalReference } from '../core/request.ts';
import type { WriteStep, WriteStepStore } from '../core/write-step.ts';
import { writeSteps } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

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
