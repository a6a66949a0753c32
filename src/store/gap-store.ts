import { chunksOf } from '../core/lists.ts';
import { and, asc, gt, sql, type SQL, type SqlDatabase } from './engine/drizzle.ts';
import type { GapStore } from '../core/inventory/kept-gaps.ts';
import { coverageGaps as gaps } from './engine/schema.ts';

const rowsPerStatement = 1000;
const requestsAtOnce = 100;

const among = (references: readonly string[]): SQL => sql`${gaps.reference} = any(${sql.param(references)}::text[])`;

export const gapStore = (database: SqlDatabase): GapStore => ({
  async *open() {
    for (let after = ''; ;) {
      const found = await database
        .selectDistinct({ reference: gaps.reference })
        .from(gaps)
        .where(and(gaps.open, gt(gaps.reference, after)))
        .orderBy(asc(gaps.reference))
        .limit(requestsAtOnce);
      const last = found.at(-1);
      if (last === undefined) return;
      const references = found.map(({ reference }) => reference);
      yield await database
        .select()
        .from(gaps)
        .where(and(gaps.open, among(references)));
      after = last.reference;
    }
  },
  of: (references) => database.select().from(gaps).where(among(references)),
  keep: async (kept) => {
    for (const portion of chunksOf(kept, rowsPerStatement))
      await database
        .insert(gaps)
        .values(portion)
        .onConflictDoUpdate({
          target: [gaps.reference, gaps.assignmentId],
          set: {
            assignmentName: sql`excluded.assignment_name`,
            round: sql`excluded.round`,
            open: sql`excluded.open`,
          },
        });
  },
  forget: async (references) => {
    if (references.length > 0) await database.delete(gaps).where(among(references));
  },
});
