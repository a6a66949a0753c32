import type { Desk } from '../desk.ts';

/** Has what has become due meanwhile delivered: quiet hours and pauses end, digests come round. */
export const releaseAlerts = async (desk: Desk): Promise<void> => {
  if ((await desk.database.alerts.conversationsDue(desk.now())).length > 0)
    await desk.database.jobs.send('deliver-alerts', {});
};
