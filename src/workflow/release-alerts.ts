import type { Desk } from './desk.ts';

/** Has what has become due meanwhile delivered: quiet hours and pauses end, digests come round. Forgets what was closed long ago. */
export const releaseAlerts = async (desk: Desk): Promise<void> => {
  const at = desk.now();
  await desk.database.alerts.prune(at);
  if ((await desk.database.alerts.conversationsDue(at)).length > 0) await desk.database.jobs.send('deliver-alerts', {});
};
