import { isAtOrUnder, normalId, resourceGroupOf, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { distinctBy } from '../../core/lists.ts';

/** A scope at which Azure is asked for what is assigned there and above; `below`: also for what is assigned below it. */
export type PlaceToAsk = { readonly scope: string; readonly below: boolean };

/** The narrowest scope that holds all of some scopes of one subscription. */
const around = (scopes: readonly string[], subscription: string): string => {
  const [group = ''] = scopes.flatMap((scope) => resourceGroupOf(scope) ?? []);
  return group !== '' && scopes.every((scope) => isAtOrUnder(scope, group)) ? group : subscription;
};

/**
 * Where to ask, so that the answers hold everything that is assigned at or above some scopes: once for each subscription, however many of its
 * resources are among them, and once for each management group.
 */
export const placesToAsk = (scopes: readonly string[]): PlaceToAsk[] => {
  const distinct = distinctBy(scopes, normalId);
  const inSubscriptions = Map.groupBy(distinct, (scope) => normalId(subscriptionOf(scope) ?? ''));
  return [...inSubscriptions].flatMap(([subscription, inside]): PlaceToAsk[] =>
    subscription === '' || inside.length === 1
      ? inside.map((scope) => ({ scope, below: false }))
      : [{ scope: around(inside, subscription), below: true }],
  );
};

/** Tells whether a role or deny assignment, found in a subscription, is at or above one of the scopes that it was asked for; elsewhere Azure has answered that. */
export const concerns = (scopes: readonly string[]): ((assigned: { readonly scope: string }) => boolean) => {
  const wanted = new Set(scopes.map(normalId));
  const above = new Set(
    [...wanted].flatMap((scope) => {
      const parts = scope.split('/');
      return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
  return ({ scope }) => subscriptionOf(scope) === undefined || above.has(normalId(scope));
};
