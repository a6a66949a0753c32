import { dueStep, expiryOf, stepsUpTo, type AlertStep, type ExemptionUnit } from '../core/alert.ts';
import { daysBetween } from '../core/calendar.ts';
import { isExpired, type Exemption } from '../core/exemption.ts';
import type { Hierarchy } from '../core/hierarchy.ts';
import { kindOf, type Occurrence } from '../core/occurrence.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { ChannelSubscription } from '../core/subscription.ts';
import { alertFor, baselineAlert } from './alert-texts.ts';
import type { Desk } from './desk.ts';
import { endKey, unitsOf } from './exemption-units.ts';
import { isLapsing } from './let-lapse.ts';
import { policyMap } from './policy-map.ts';
import { concerns, queueAlert, raiseAlerts } from './raise-alerts.ts';

type Look = {
  readonly units: readonly ExemptionUnit[];
  readonly exemptions: readonly Exemption[];
  readonly requests: readonly ExemptionRequest[];
  readonly hierarchy: Hierarchy;
  readonly subscriptions: readonly ChannelSubscription[];
};

const scopesOf = (unit: ExemptionUnit): string[] => unit.exemptions.map((exemption) => exemption.scope);

const look = async (desk: Desk): Promise<Look> => {
  const [exemptions, map, hierarchy, everySubscription, requests] = await Promise.all([
    desk.exemptions.list(),
    policyMap(desk),
    desk.hierarchy(),
    desk.database.subscriptions.all(),
    desk.database.requests.list({}),
  ]);
  const subscriptions = everySubscription.filter(({ kind }) => kind === 'alerts');
  return { units: unitsOf(map, exemptions, requests), exemptions, requests, hierarchy, subscriptions };
};

/** What is due for a unit, for whoever wants to hear of it. */
const occurrenceOf = (desk: Desk, seen: Look, unit: ExemptionUnit, step: AlertStep): Occurrence => {
  const request = seen.requests.find((each) => each.reference === unit.reference);
  return {
    kind: kindOf(step),
    unitKey: step === 'created' ? unit.key : endKey(unit),
    steps: stepsUpTo(step),
    scopes: scopesOf(unit),
    severity: unit.recommendation.severity,
    alert: alertFor(unit, step, { hierarchy: seen.hierarchy, timeZone: desk.timeZone, request }),
  };
};

/** Takes in silently what a new subscription finds: one summary, and no alert of what was due before it. */
const takeBaseline = async (desk: Desk, seen: Look, subscription: ChannelSubscription): Promise<void> => {
  const { channelId, scope, subscribedAt } = subscription;
  const units = seen.units.filter((unit) => concerns([scope], scopesOf(unit), seen.hierarchy));
  const soon = units.filter((unit) => endsWithin(desk, unit, 30));
  const context = { hierarchy: seen.hierarchy, timeZone: desk.timeZone, request: undefined };
  const key = `baseline ${scope.toLowerCase()} ${subscribedAt.toISOString()}`;
  await desk.database.transaction(async (store) => {
    if (!(await store.alerts.claim(channelId, key, ['baseline'], desk.now()))) return;
    for (const unit of units) {
      const due = dueStep(unit, desk.now(), desk.timeZone);
      if (due !== undefined) await store.alerts.claim(channelId, endKey(unit), stepsUpTo(due), desk.now());
    }
    if (units.length > 0) await queueAlert(desk, store, channelId, baselineAlert(units, soon, context));
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

/** Somebody lets it lapse: no more warnings, but its end is still told. */
const isSilenced = async (desk: Desk, unit: ExemptionUnit): Promise<boolean> => {
  const due = dueStep(unit, desk.now(), desk.timeZone);
  return due !== undefined && due !== 'expired' && (await isLapsing(desk, unit));
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
  const isNew = (unit: ExemptionUnit): boolean =>
    last !== undefined && unit.exemptions.some((exemption) => unseen.has(exemption.id));
  const lapsing = new Set<ExemptionUnit>();
  for (const unit of complete) if (await isSilenced(desk, unit)) lapsing.add(unit);
  const occurrences = complete.flatMap((unit) => {
    const due = lapsing.has(unit) ? undefined : dueStep(unit, at, desk.timeZone);
    const steps = [...(isNew(unit) ? (['created'] as const) : []), ...(due === undefined ? [] : [due])];
    return steps.map((step) => occurrenceOf(desk, seen, unit, step));
  });
  await raiseAlerts(desk, occurrences);
  const waiting = new Set(
    seen.units.filter((unit) => !complete.includes(unit)).flatMap((unit) => unit.exemptions.map((each) => each.id)),
  );
  await desk.database.sweeps.markSeen(
    [...unseen].filter((id) => !waiting.has(id)),
    at,
  );
  await desk.database.sweeps.complete(at);
};
