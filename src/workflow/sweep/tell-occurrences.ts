import type { Occurrence } from '../../core/alert/occurrence.ts';
import { happeningsIn, hearingOf } from '../../core/alert/audience.ts';
import { baselineKey, isAbout, type ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Desk } from '../desk.ts';
import { concerns, raiseAlerts } from '../alert/raise-alerts.ts';
import type { SweepLook } from './look-around.ts';

/** The other subscriptions of its channel that have had their summary: what they want is news. */
const settledBeside = async (
  { subscriptions, alerts }: Desk['database'],
  { channelId }: ChannelSubscription,
): Promise<ChannelSubscription[]> => {
  const settled: ChannelSubscription[] = [];
  for (const each of await subscriptions.of([channelId]))
    if (each.kind === 'alerts' && (await alerts.isClaimed(channelId, baselineKey(each), ['baseline'])))
      settled.push(each);
  return settled;
};

/**
 * What a sweep found counts as known to a channel that has subscribed since the last one: the channel gets a summary, and hears of later events.
 * But for what the channel hears of by an earlier subscription anyway.
 */
const claimForNewOnes = async (desk: Desk, { at, hierarchy }: SweepLook, occurrences: readonly Occurrence[]) => {
  const happening = happeningsIn(hierarchy);
  for await (const portion of desk.database.subscriptions.withoutBaseline())
    for (const subscription of portion) {
      const hears = hearingOf(await settledBeside(desk.database, subscription), at, desk.timeZone);
      const known = occurrences.filter(
        (occurrence) =>
          concerns([subscription.scope], occurrence.scopes, hierarchy) &&
          isAbout(subscription, occurrence.alert) &&
          hears(happening(occurrence)) === undefined,
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
