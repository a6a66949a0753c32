import type { Occurrence } from '../../core/alert/occurrence.ts';
import { isAbout } from '../../core/alert/subscription.ts';
import type { Desk } from '../desk.ts';
import { concerns, raiseAlerts } from '../alert/raise-alerts.ts';
import type { SweepLook } from './look-around.ts';

/** What a sweep found counts as known to a channel that has subscribed since the last one: the channel gets a summary, and hears of later events. */
const claimForNewOnes = async (desk: Desk, { at, hierarchy }: SweepLook, occurrences: readonly Occurrence[]) => {
  for await (const portion of desk.database.subscriptions.withoutBaseline())
    for (const subscription of portion) {
      const known = occurrences.filter(
        ({ scopes, alert }) => concerns([subscription.scope], scopes, hierarchy) && isAbout(subscription, alert),
      );
      await desk.database.transaction((store) => store.alerts.claimAll(subscription.channelId, known, at));
    }
};

/** Raises the alerts about some of what a sweep found. Safe to repeat. */
export const tellOccurrences = async (
  desk: Desk,
  look: SweepLook,
  occurrences: readonly Occurrence[],
): Promise<void> => {
  if (occurrences.length === 0) return;
  await claimForNewOnes(desk, look, occurrences);
  await raiseAlerts(desk, occurrences);
};
