import type { Store } from '../core/store.ts';
import { processedActivities } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export const firstSight =
  (database: SqlDatabase): Store['firstSight'] =>
  async (conversationId, activityId, at) => {
    const added = await database
      .insert(processedActivities)
      .values({ conversationId, activityId, seenAt: at })
      .onConflictDoNothing()
      .returning({ activityId: processedActivities.activityId });
    return added.length === 1;
  };
