import { isAboutExemption, isAllowedTopic, type AzureEvent } from '../../core/tenant/azure-event.ts';
import type { Desk } from '../desk.ts';

const hint = ['azure-events', 'hint', ['look']] as const;

/** Records that exemptions changed in Azure, so that the next tick sweeps, however many events came. Returns how many events counted. */
export const noteAzureEvents = async (
  desk: Pick<Desk, 'database' | 'now'>,
  events: readonly AzureEvent[],
  topics: readonly string[],
): Promise<number> => {
  const counted = events.filter((event) => isAllowedTopic(event.topic, topics) && isAboutExemption(event)).length;
  if (counted > 0) await desk.database.alerts.claim(...hint, desk.now());
  return counted;
};

/** Whether an event was recorded since the last call. Events during the sweep that follows are recorded again. */
export const takeHint = async (desk: Pick<Desk, 'database'>): Promise<boolean> => {
  if (!(await desk.database.alerts.isClaimed(...hint))) return false;
  await desk.database.alerts.release(...hint);
  return true;
};
