import { distinctBy } from '../lists.ts';
import {
  isAtOrUnder,
  isScope,
  managementGroupId,
  nameOf,
  normalId,
  resourceGroupOf,
  sameId,
  scopeKind,
  scopesAbove,
  subscriptionOf,
} from './arm-id.ts';

/** Stands for the whole tenant wherever a scope is expected. */
export const everything = '/';

type ManagementGroup = {
  readonly name: string;
  readonly displayName: string;
  /** Names of the management groups above, the direct parent first, the tenant root last. */
  readonly ancestors: readonly string[];
};

type Subscription = {
  /** `/subscriptions/{guid}` */
  readonly id: string;
  readonly displayName: string;
  readonly ancestors: readonly string[];
};

export type Hierarchy = {
  readonly managementGroups: readonly ManagementGroup[];
  readonly subscriptions: readonly Subscription[];
};

/** Reads the management groups and subscriptions that Exemption Desk can see; cached for minutes. Throws GovernanceError unavailable. */
export type HierarchySource = { readonly hierarchy: () => Promise<Hierarchy> };

type Indexed = {
  readonly groups: ReadonlyMap<string, ManagementGroup>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
};

const indexes = new WeakMap<Hierarchy, Indexed>();

/** Indexes everything by name and by id, because callers look up thousands of scopes. */
const indexOf = (hierarchy: Hierarchy): Indexed => {
  const known = indexes.get(hierarchy);
  if (known !== undefined) return known;
  const made = {
    groups: new Map(hierarchy.managementGroups.map((each) => [each.name.toLowerCase(), each])),
    subscriptions: new Map(hierarchy.subscriptions.map((each) => [normalId(each.id), each])),
  };
  indexes.set(hierarchy, made);
  return made;
};

const managementGroupNamed = (name: string, hierarchy: Hierarchy): ManagementGroup | undefined =>
  indexOf(hierarchy).groups.get(name.toLowerCase());

/** The subscription that a scope is or lies in; undefined if Exemption Desk does not see it. */
const knownSubscription = (scope: string, hierarchy: Hierarchy): Subscription | undefined =>
  indexOf(hierarchy).subscriptions.get(normalId(subscriptionOf(scope) ?? ''));

/**
 * The scope itself and everything that contains it, nearest first: resource, resource group, subscription, management groups up to the
 * tenant root.
 */
export const scopeChain = (scope: string, hierarchy: Hierarchy): string[] => {
  if (scope === everything) return [everything];
  if (scopeKind(scope) === 'management-group') {
    return [scope, ...(managementGroupNamed(nameOf(scope), hierarchy)?.ancestors ?? []).map(managementGroupId)];
  }
  return [...scopesAbove(scope), ...(knownSubscription(scope, hierarchy)?.ancestors ?? []).map(managementGroupId)];
};

/** True when `wide` is `narrow` or contains it. */
export const covers = (wide: string, narrow: string, hierarchy: Hierarchy): boolean =>
  wide === everything || scopeChain(narrow, hierarchy).some((scope) => sameId(scope, wide));

/** The scopes without those that another one contains. */
export const widest = (scopes: readonly string[], hierarchy: Hierarchy): string[] => {
  const distinct = distinctBy(scopes, (scope) => (scope === everything ? scope : normalId(scope)));
  return distinct.filter((scope) => !distinct.some((other) => other !== scope && covers(other, scope, hierarchy)));
};

/** The intersection of two lists of scopes: of each pair where one contains the other, the narrower one. */
export const common = (some: readonly string[], others: readonly string[], hierarchy: Hierarchy): string[] =>
  widest(
    some.flatMap((a) => others.flatMap((b) => (covers(a, b, hierarchy) ? [b] : covers(b, a, hierarchy) ? [a] : []))),
    hierarchy,
  );

/** The subscriptions at or below the scopes, plus the narrower scopes outside them; in lower case, ready for a query. */
export const queryScopes = (
  scopes: readonly string[],
  hierarchy: Hierarchy,
): { subscriptions: string[]; narrower: string[] } => {
  const wide = scopes.filter(
    (scope) => scope === everything || scopeKind(scope) === 'management-group' || scopeKind(scope) === 'subscription',
  );
  const subscriptions = hierarchy.subscriptions
    .filter((subscription) => wide.some((scope) => covers(scope, subscription.id, hierarchy)))
    .map((subscription) => normalId(subscription.id));
  const narrower = scopes
    .filter((scope) => !wide.includes(scope))
    .map(normalId)
    .filter((scope) => !subscriptions.some((subscription) => isAtOrUnder(scope, subscription)));
  return { subscriptions, narrower: [...new Set(narrower)] };
};

/** "online", "shop-prod", "shop-prod / rg-shop-prod" or "shop-prod / rg-shop-prod / vm-shop-1": names a person knows, never a GUID. */
export const scopeLabel = (scope: string, hierarchy: Hierarchy): string => {
  if (scope === everything) return 'everything';
  if (scopeKind(scope) === 'management-group')
    return managementGroupNamed(nameOf(scope), hierarchy)?.displayName ?? nameOf(scope);
  const subscription = knownSubscription(scope, hierarchy);
  const group = resourceGroupOf(scope);
  return [
    subscription?.displayName ?? nameOf(subscriptionOf(scope) ?? scope),
    ...(group === undefined ? [] : [nameOf(group)]),
    ...(scopeKind(scope) === 'resource' ? [nameOf(scope)] : []),
  ].join(' / ');
};

const subscriptionNamed = (words: string, hierarchy: Hierarchy): Subscription | undefined => {
  const wanted = words.trim().toLowerCase();
  return hierarchy.subscriptions.find((each) =>
    [nameOf(each.id), each.displayName].some((name) => name.toLowerCase() === wanted),
  );
};

/**
 * The scope that a person names in a command: an ARM id, "everything", or the name of a management group, subscription or (as
 * group@subscription) resource group.
 */
export const scopeNamed = (words: string, hierarchy: Hierarchy): string | undefined => {
  const wanted = words.trim().toLowerCase();
  if (wanted === 'everything' || wanted === everything) return everything;
  if (wanted.startsWith('/')) return isScope(wanted) ? words.trim().replace(/\/+$/, '') : undefined;
  const group = hierarchy.managementGroups.find((each) =>
    [each.name, each.displayName].some((name) => name.toLowerCase() === wanted),
  );
  if (group !== undefined) return managementGroupId(group.name);
  const subscription = subscriptionNamed(wanted, hierarchy);
  if (subscription !== undefined) return subscription.id;
  const [, resourceGroup, within] = /^([^/@]+)@(.+)$/.exec(words.trim()) ?? [];
  const around = within === undefined ? undefined : subscriptionNamed(within, hierarchy);
  return resourceGroup === undefined || around === undefined
    ? undefined
    : `${around.id}/resourceGroups/${resourceGroup.trim()}`;
};
