import { dueStep, expiryOf, stepsUpTo, type Alert, type AlertStep, type ExemptionUnit } from '../core/alert.ts';
import { daysBetween } from '../core/calendar.ts';
import { isExpired, type Exemption } from '../core/exemption.ts';
import { covers, type Hierarchy } from '../core/hierarchy.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { Store } from '../core/store.ts';
import type { ChannelSubscription } from '../core/subscription.ts';
import { alertFor, baselineAlert } from './alert-texts.ts';
import type { Desk } from './desk.ts';
import { endKey, unitsOf } from './exemption-units.ts';
import { policyMap } from './policy-map.ts';

type Look = {
  readonly units: readonly ExemptionUnit[];
  readonly exemptions: readonly Exemption[];
  readonly requests: readonly ExemptionRequest[];
  readonly hierarchy: Hierarchy;
  readonly subscriptions: readonly ChannelSubscription[];
  /** Scopes of each channel that gets alerts. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
};

const look = async (desk: Desk): Promise<Look> => {
  const [exemptions, map, hierarchy, everySubscription, requests] = await Promise.all([
    desk.exemptions.list(),
    policyMap(desk),
    desk.hierarchy(),
    desk.database.subscriptions.all(),
    desk.database.requests.list({}),
  ]);
  const subscriptions = everySubscription.filter(({ kind }) => kind === 'alerts');
  const channels = new Map<string, string[]>();
  for (const { channelId, scope } of subscriptions)
    channels.set(channelId, [...(channels.get(channelId) ?? []), scope]);
  return { units: unitsOf(map, exemptions, requests), exemptions, requests, hierarchy, subscriptions, channels };
};

const concerns = (unit: ExemptionUnit, scopes: readonly string[], hierarchy: Hierarchy): boolean =>
  unit.exemptions.some((exemption) => scopes.some((scope) => covers(scope, exemption.scope, hierarchy)));

const queue = async (desk: Desk, store: Store, channelId: string, alert: Alert): Promise<void> => {
  const id = desk.newId();
  await store.alerts.addDelivery({ id, channelId, alert });
  await store.jobs.send('deliver-alert', { deliveryId: id });
};

/** Claims the steps and queues the alert in one transaction: whatever happens afterwards, it is neither lost nor made twice. */
const raise = async (
  desk: Desk,
  channelId: string,
  key: string,
  steps: readonly string[],
  alert: Alert,
): Promise<void> => {
  await desk.database.transaction(async (store) => {
    if (await store.alerts.claim(channelId, key, steps, desk.now())) await queue(desk, store, channelId, alert);
  });
};

const raiseFor = async (desk: Desk, seen: Look, unit: ExemptionUnit, step: AlertStep, key: string): Promise<void> => {
  const request = seen.requests.find((each) => each.reference === unit.reference);
  const alert = alertFor(unit, step, { hierarchy: seen.hierarchy, timeZone: desk.timeZone, request });
  for (const [channelId, scopes] of seen.channels) {
    if (concerns(unit, scopes, seen.hierarchy)) await raise(desk, channelId, key, stepsUpTo(step), alert);
  }
};

/** Takes in silently what a new subscription finds: one summary, and no alert of what was due before it. */
const takeBaseline = async (desk: Desk, seen: Look, subscription: ChannelSubscription): Promise<void> => {
  const { channelId, scope, subscribedAt } = subscription;
  const units = seen.units.filter((unit) => concerns(unit, [scope], seen.hierarchy));
  const soon = units.filter((unit) => endsWithin(desk, unit, 30));
  const context = { hierarchy: seen.hierarchy, timeZone: desk.timeZone, request: undefined };
  const key = `baseline ${scope.toLowerCase()} ${subscribedAt.toISOString()}`;
  await desk.database.transaction(async (store) => {
    if (!(await store.alerts.claim(channelId, key, ['baseline'], desk.now()))) return;
    for (const unit of units) {
      const due = dueStep(unit, desk.now(), desk.timeZone);
      if (due !== undefined) await store.alerts.claim(channelId, endKey(unit), stepsUpTo(due), desk.now());
    }
    if (units.length > 0) await queue(desk, store, channelId, baselineAlert(units, soon, context));
  });
};

const endsWithin = (desk: Desk, unit: ExemptionUnit, days: number): boolean => {
  const expiresAt = expiryOf(unit);
  return (
    expiresAt !== undefined &&
    !isExpired({ expiresAt }, desk.now()) &&
    daysBetween(desk.now(), expiresAt, desk.timeZone) <= days
  );
};

/** A request's exemptions are announced together, once all are written. */
const isComplete = (unit: ExemptionUnit, seen: Look): boolean =>
  seen.requests.find((request) => request.reference === unit.reference)?.status !== 'approved';

/**
 * Looks at the current state of every exemption and raises what is due: created (whoever made it), about to expire, expired. Safe to run twice
 * or after days of downtime: claims decide, not the time of the last run. The first sweep takes everything it finds as
 * known, and so does the first one after a channel has subscribed, for that channel.
 */
export const sweepExemptions = async (desk: Desk): Promise<void> => {
  const at = desk.now();
  const [seen, last] = await Promise.all([look(desk), desk.database.sweeps.lastCompleted()]);
  const unseen = new Set(await desk.database.sweeps.unseen(seen.exemptions.map((exemption) => exemption.id)));
  const complete = seen.units.filter((unit) => isComplete(unit, seen));

  for (const subscription of seen.subscriptions) await takeBaseline(desk, seen, subscription);
  for (const unit of complete) {
    const isNew = last !== undefined && unit.exemptions.some((exemption) => unseen.has(exemption.id));
    if (isNew) await raiseFor(desk, seen, unit, 'created', unit.key);
    const due = dueStep(unit, at, desk.timeZone);
    if (due !== undefined) await raiseFor(desk, seen, unit, due, endKey(unit));
  }
  const waiting = new Set(
    seen.units.filter((unit) => !complete.includes(unit)).flatMap((unit) => unit.exemptions.map((each) => each.id)),
  );
  await desk.database.sweeps.markSeen(
    [...unseen].filter((id) => !waiting.has(id)),
    at,
  );
  await desk.database.sweeps.complete(at);
};
