import { distinctBy } from '../lists.ts';
import { managementGroupId, normalId, scopeKind } from './arm-id.ts';
import { everything, normalChain, subscriptionsBelow, type Hierarchy } from './hierarchy.ts';

/** Tells of scopes whether they belong to a set. */
export type ScopeTest = (scope: string) => boolean;

/** Tells whether a scope is one of the given ones or lies in one of them. Many scopes cost no more than one: only what is above it is looked up. */
export const coveredBy = (scopes: Iterable<string>, hierarchy: Hierarchy): ScopeTest => {
  const given = new Set(scopes);
  if (given.has(everything)) return () => true;
  if (given.size === 0) return () => false;
  const wide = new Set([...given].map(normalId));
  return (scope) => normalChain(scope, hierarchy).some((each) => wide.has(each));
};

/** Tells whether a scope is one of the given ones, contains one of them or lies in one of them. */
export const nearTo = (scopes: readonly string[], hierarchy: Hierarchy): ScopeTest => {
  const around = new Set(scopes.flatMap((scope) => normalChain(scope, hierarchy)));
  const isInside = coveredBy(scopes, hierarchy);
  return (scope) => scope === everything || around.has(normalId(scope)) || isInside(scope);
};

/** Finds the items at or above a scope, in the order of the list; it looks at what is above the scope, not at every item. */
export const atOrAbove = <Item extends { readonly scope: string }>(
  items: readonly Item[],
  hierarchy: Hierarchy,
): ((scope: string) => Item[]) => {
  const places = new Map(items.map((item, place) => [item, place]));
  const there = Map.groupBy(items, (item) => normalId(item.scope));
  return (scope) =>
    normalChain(scope, hierarchy)
      .flatMap((each) => there.get(each) ?? [])
      .toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
};

/** The scopes without those that another one contains. */
export const widest = (scopes: readonly string[], hierarchy: Hierarchy): string[] => {
  if (scopes.includes(everything)) return [everything];
  const distinct = distinctBy(scopes, normalId);
  const all = new Set(distinct.map(normalId));
  const isInAnother = (scope: string): boolean =>
    normalChain(scope, hierarchy).some((each) => each !== normalId(scope) && all.has(each));
  return distinct.filter((scope) => !isInAnother(scope));
};

/** The intersection of two lists of scopes: of each pair where one contains the other, the narrower one. */
export const common = (some: readonly string[], others: readonly string[], hierarchy: Hierarchy): string[] =>
  widest([...others.filter(coveredBy(some, hierarchy)), ...some.filter(coveredBy(others, hierarchy))], hierarchy);

const isWide = (scope: string): boolean =>
  scope === everything || scopeKind(scope) === 'management-group' || scopeKind(scope) === 'subscription';

/** The subscriptions at or below the scopes, plus the narrower scopes outside them; in lower case, ready for a query. */
export const queryScopes = (
  scopes: readonly string[],
  hierarchy: Hierarchy,
): { subscriptions: string[]; narrower: string[] } => {
  const subscriptions = [...subscriptionsBelow(scopes, hierarchy)];
  const isInListed = coveredBy(subscriptions, hierarchy);
  const narrower = scopes.filter((scope) => !isWide(scope) && !isInListed(scope)).map(normalId);
  return { subscriptions, narrower: [...new Set(narrower)] };
};

/** All of a hierarchy that matters to what is near some scopes. */
export const surroundingsOf = (
  scopes: readonly string[],
  hierarchy: Hierarchy,
): { readonly subscriptions: string[]; readonly narrower: string[]; readonly exactly: string[] } => {
  const isNear = nearTo(scopes, hierarchy);
  const groups = hierarchy.managementGroups.map(({ name }) => normalId(managementGroupId(name))).filter(isNear);
  const exactly = new Set([...scopes.flatMap((scope) => normalChain(scope, hierarchy)), ...groups]);
  return { ...queryScopes(scopes, hierarchy), exactly: [...exactly].toSorted() };
};
