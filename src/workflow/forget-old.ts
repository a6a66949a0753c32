import type { Desk } from './desk.ts';

/** Forgets what nobody will ask for any more: alerts that were closed long ago, and dry runs of a cleanup that nobody ordered. */
export const forgetOld = async (desk: Desk): Promise<void> => {
  const at = desk.now();
  await desk.database.alerts.prune(at);
  await desk.database.cleanups.prune(at);
};
