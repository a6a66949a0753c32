import { isAboutExemption, isAllowedTopic, type AzureEvent } from '../../core/tenant/azure-event.ts';
import type { Desk } from '../desk.ts';

const hint = ['azure-events', 'hint', ['look']] as const;

/** Notes that exemptions changed in Azure: the next tick looks, however many events came. How many of them counted. */
export const noteAzureEvents = async (
  desk: Pick<Desk, 'database' | 'now'>,
  events: readonly AzureEvent[],
  topics: readonly string[],
): Promise<number> => {
  const counted = events.filter((event) => isAllowedTopic(event.topic, topics) && isAboutExemption(event)).length;
  if (counted > 0) await desk.database.alerts.claim(...hint, desk.now());
  return counted;
};

/** Whether something was noted since it was last asked. What comes during the look that follows is noted anew. */
export const takeHint = async (desk: Pick<Desk, 'database'>): Promise<boolean> => {
  if (!(await desk.database.alerts.isClaimed(...hint))) return false;
  await desk.database.alerts.release(...hint);
  return true;
};
