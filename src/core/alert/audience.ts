import { normalId, scopesAbove, subscriptionOf } from '../tenant/arm-id.ts';
import { everything, scopeChain, type Hierarchy } from '../tenant/hierarchy.ts';
import type { AlertKind, Occurrence } from './occurrence.ts';
import type { Severity } from '../tenant/severity.ts';
import { isAbout, wants, type ChannelSubscription, type Recommended } from './subscription.ts';
import { soonest, whenDue, type Due } from './when-due.ts';

/** The facts that decide which channels hear of an event. */
export type Happening = {
  readonly kind: AlertKind;
  readonly severity: Severity | undefined;
  /** Keys of the scopes where it happened, and of all scopes that contain them. */
  readonly around: ReadonlySet<string>;
  readonly about: Recommended;
};

/** When a channel hears of an event, and because of which subscriptions. */
export type Hearing = Due & {
  /** The scopes of the subscriptions that want it. */
  readonly scopes: readonly string[];
};

/** Looks up the scopes around occurrences; shared ones are looked up once. */
export const happeningsIn = (
  hierarchy: Hierarchy,
): ((occurrence: Pick<Occurrence, 'kind' | 'severity' | 'scopes'> & { readonly alert: Recommended }) => Happening) => {
  const known = new Map<string, readonly string[]>();
  const keysOf = (scope: string): readonly string[] => {
    const found = known.get(scope) ?? scopeChain(scope, hierarchy).map(normalId);
    known.set(scope, found);
    return found;
  };
  const chainOf = (scope: string): readonly string[] => {
    const subscription = subscriptionOf(scope);
    return subscription === undefined
      ? keysOf(scope)
      : [...scopesAbove(scope).map(normalId), ...keysOf(normalId(subscription))];
  };
  return ({ kind, severity, scopes, alert }) => ({
    kind,
    severity,
    around: new Set(scopes.flatMap(chainOf)),
    about: alert,
  });
};

/** Combines the subscriptions of one channel for an event; undefined if none wants it. `timeZone` applies where a subscription names none. */
export const hearingOf = (
  subscriptions: readonly ChannelSubscription[],
  now: Date,
  timeZone: string,
): ((happening: Happening) => Hearing | undefined) => {
  const all = subscriptions.map(({ channelId, scope, filter }) => ({
    channelId,
    scope,
    filter,
    key: normalId(scope),
    due: whenDue(filter, now, filter.timeZone ?? timeZone),
  }));
  return (happening) => {
    const wanting = all.filter(
      (each) =>
        (each.scope === everything || happening.around.has(each.key)) &&
        isAbout(each, happening.about) &&
        wants(each.filter, happening),
    );
    const due = soonest(wanting.map((each) => each.due));
    return due === undefined ? undefined : { ...due, scopes: wanting.map(({ scope }) => scope) };
  };
};
