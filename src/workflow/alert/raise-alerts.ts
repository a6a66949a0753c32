import type { Alert } from '../../core/alert/alert.ts';
import type { AlertDelivery } from '../../core/alert/alert-delivery.ts';
import { happeningsIn, hearingOf, type Happening, type Hearing } from '../../core/alert/audience.ts';
import { isHearer, type Heard } from '../../core/alert/ending.ts';
import { covers, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Occurrence } from '../../core/alert/occurrence.ts';
import type { Store } from '../../core/desk/store.ts';
import type { ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Desk } from '../desk.ts';
import { noteOutcomes } from './note-outcomes.ts';
import { addressPeople, asEnd, findChats, findRequestsBehind, mentionsIn, type Addressed } from './address-people.ts';

/** Whether something at these scopes lies inside one of the given scopes. */
export const concerns = (scopes: readonly string[], places: readonly string[], hierarchy: Hierarchy): boolean =>
  places.some((place) => scopes.some((scope) => covers(scope, place, hierarchy)));

/** An alert for one conversation, due at once and not bound to a subscription; `hearing` overrides both. */
export const deliveryOf = (
  desk: Desk,
  channelId: string,
  alert: Alert,
  particulars: Partial<Pick<AlertDelivery, 'kind' | 'unitKey' | 'scopes' | 'mentions' | 'digest' | 'dueAt'>> = {},
): AlertDelivery => ({
  id: desk.newId(),
  channelId,
  alert,
  kind: undefined,
  unitKey: undefined,
  scopes: [],
  mentions: [],
  digest: false,
  dueAt: desk.now(),
  correlation: desk.correlation.current(),
  ...particulars,
});

/** Queues alerts for delivery, in the transaction of the caller. */
export const queueDeliveries = async (
  desk: Desk,
  store: Store,
  deliveries: readonly AlertDelivery[],
): Promise<void> => {
  if (deliveries.length === 0) return;
  await store.alerts.addDeliveries(deliveries, desk.now());
  await store.jobs.send('deliver-alerts', {});
};

/** Queues one alert that belongs to no kind, such as a summary. */
export const queueAlert = (desk: Desk, store: Store, channelId: string, alert: Alert): Promise<void> =>
  queueDeliveries(desk, store, [deliveryOf(desk, channelId, alert)]);

/** Claims the steps and queues the alerts in one transaction, so that none is lost or sent twice whatever happens afterwards. */
const raise = async (desk: Desk, channelId: string, addressed: readonly Addressed[]): Promise<void> => {
  if (addressed.length === 0) return;
  await desk.database.transaction(async (store) => {
    const fresh = await store.alerts.claimAll(channelId, addressed, desk.now());
    await queueDeliveries(
      desk,
      store,
      fresh.map(({ alert, kind, unitKey, replaces = unitKey, hearing, mentions, outcome, ending }) => {
        const event = outcome?.outcome.event;
        const follows = alert.ends === true ? ending?.of : undefined;
        const told = { ...alert, ...(event === undefined ? {} : { event }), ...(follows && { follows }) };
        return deliveryOf(desk, channelId, told, { kind, unitKey: replaces, mentions, ...hearing });
      }),
    );
  });
};

/** When a channel hears of an event: because it wants to or, of an end, because it was told what ends there. */
const hearingIn = (
  { id, subscriptions }: { readonly id: string; readonly subscriptions: readonly ChannelSubscription[] },
  desk: Desk,
  heard: Heard,
): ((occurrence: Occurrence, around: Happening) => Hearing | undefined) => {
  const hear = hearingOf(subscriptions, desk.now(), desk.timeZone);
  const unfiltered = subscriptions.map((each) => ({
    ...each,
    filter: { ...each.filter, kinds: undefined, severity: undefined },
  }));
  const hearEnd = hearingOf(unfiltered, desk.now(), desk.timeZone);
  return (occurrence, around) =>
    (occurrence.ending?.onlyToHearers === true ? undefined : hear(around)) ??
    (isHearer(heard, id, occurrence) ? hearEnd(around) : undefined);
};

/** Who was told what these events end, among the conversations that may still hear of it. */
const findHearers = async (
  desk: Desk,
  occurrences: readonly Occurrence[],
  conversationIds: readonly string[],
): Promise<Heard> => {
  const keys = [...new Set(occurrences.flatMap(({ ending }) => ending?.of ?? []))];
  return keys.length === 0 || conversationIds.length === 0
    ? new Map<string, ReadonlySet<string>>()
    : desk.database.alerts.heardOf(conversationIds, keys);
};

/**
 * Queues occurrences for every channel that wants them, for the requester of the exemption and, if they end something, for whoever was told
 * of that, unless they were claimed before; and notes what the earlier cards say of it. Safe to repeat. Uses one transaction for each conversation, however much happened.
 */
export const raiseAlerts = async (desk: Desk, occurrences: readonly Occurrence[]): Promise<void> => {
  if (occurrences.length === 0) return;
  await noteOutcomes(
    desk,
    occurrences.flatMap(({ outcome }) => outcome ?? []),
  );
  const [hierarchy, behind] = await Promise.all([desk.hierarchy(), findRequestsBehind(desk, occurrences)]);
  const happening = happeningsIn(hierarchy);
  const happened = occurrences.map((occurrence): [Occurrence, Happening] => [occurrence, happening(occurrence)]);
  for await (const some of desk.database.subscriptions.byChannels('alerts')) {
    const channels = Map.groupBy(some, ({ channelId }) => channelId);
    const heard = await findHearers(desk, occurrences, [...channels.keys()]);
    for (const [channelId, subscriptions] of channels) {
      const hear = hearingIn({ id: channelId, subscriptions }, desk, heard);
      const addressed = happened.flatMap(([occurrence, around]) => {
        const hearing = hear(occurrence, around);
        if (hearing === undefined) return [];
        const told = isHearer(heard, channelId, occurrence) ? asEnd(occurrence) : occurrence;
        return [{ ...told, hearing, mentions: mentionsIn(occurrence, behind(occurrence)) }];
      });
      await raise(desk, channelId, addressed);
    }
  }
  const chats = await findChats(desk, occurrences, behind);
  const heard = await findHearers(desk, occurrences, [...chats.values()]);
  for (const [chatId, addressed] of addressPeople(desk, occurrences, behind, { chats, heard }))
    await raise(desk, chatId, addressed);
};
