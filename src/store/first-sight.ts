import { lt } from 'drizzle-orm';
import type { Store } from '../core/store.ts';
import { processedActivities } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Teams repeats an activity within minutes or not at all. */
const keptMilliseconds = 2 * 24 * 60 * 60 * 1000;

export const firstSight =
  (database: SqlDatabase): Store['firstSight'] =>
  async (conversationId, activityId, at) => {
    const added = await database
      .insert(processedActivities)
      .values({ conversationId, activityId, seenAt: at })
      .onConflictDoNothing()
      .returning({ activityId: processedActivities.activityId });
    if (added.length === 0) return false;
    await database
      .delete(processedActivities)
      .where(lt(processedActivities.seenAt, new Date(at.getTime() - keptMilliseconds)));
    return true;
  };
