import { freeAgain, wrongReferences, type ReferenceTries } from '../core/chat/reference-tries.ts';
import { eq, sql, type SqlDatabase } from './engine/drizzle.ts';
import { paces } from './engine/schema.ts';

/** Marks the rows of people among those of conversations. */
export const triesPrefix = 'tries ';

/** One bucket for each person, beside those of posting. */
export const referenceTriesStore = (database: SqlDatabase): ReferenceTries => {
  const idOf = (personId: string): string => triesPrefix + personId.toLowerCase();
  return {
    blockedUntil: async (personId, now) => {
      const [row] = await database
        .select()
        .from(paces)
        .where(eq(paces.id, idOf(personId)));
      const free = row && freeAgain(row.bookedUntil, now.getTime(), wrongReferences);
      return free === undefined ? undefined : new Date(free);
    },
    countWrong: async (personId, now) => {
      const first = now.getTime() + wrongReferences.everyMs;
      await database
        .insert(paces)
        .values({ id: idOf(personId), bookedUntil: first })
        .onConflictDoUpdate({
          target: paces.id,
          set: { bookedUntil: sql`greatest(${paces.bookedUntil} + ${wrongReferences.everyMs}, excluded.booked_until)` },
        });
    },
  };
};
