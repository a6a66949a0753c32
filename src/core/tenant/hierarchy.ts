import {
  isScope,
  managementGroupId,
  nameOf,
  normalId,
  resourceGroupOf,
  scopeKind,
  scopesAbove,
  subscriptionOf,
  type ScopeKind,
} from './arm-id.ts';
import { distinctLabels } from './distinct-labels.ts';

/** Stands for the whole tenant wherever a scope is expected. */
export const everything = '/';

type ManagementGroup = {
  readonly name: string;
  readonly displayName: string;
  /** Names of the management groups above, the direct parent first, the tenant root last. */
  readonly ancestors: readonly string[];
};

/** Why a subscription is not simply enabled, in the words of Azure. */
export const subscriptionStates = ['Warned', 'PastDue', 'Disabled', 'Deleted'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

type Subscription = {
  /** `/subscriptions/{guid}` */
  readonly id: string;
  readonly displayName: string;
  readonly ancestors: readonly string[];
  /** Undefined: enabled, or in a state that nobody knows. */
  readonly state?: SubscriptionState | undefined;
};

export type Hierarchy = {
  readonly managementGroups: readonly ManagementGroup[];
  readonly subscriptions: readonly Subscription[];
  /** Management groups above these at which Exemption Desk has no role: it knows their names and nothing else. */
  readonly unseen?: readonly Pick<ManagementGroup, 'name' | 'displayName'>[];
};

/** Reads the management groups and subscriptions that Exemption Desk can see; cached for minutes. Throws GovernanceError unavailable. */
export type HierarchySource = { readonly hierarchy: () => Promise<Hierarchy> };

type Indexed = {
  readonly groups: ReadonlyMap<string, ManagementGroup>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** By the id in lower case: the display name, and what tells it apart where several have the same. */
  readonly labels: ReadonlyMap<string, string>;
  /** By the normal id of a subscription or management group: the normal ids of the management groups above, the nearest first. */
  readonly above: ReadonlyMap<string, readonly string[]>;
  /** By the normal id of a management group: the places in the list of the subscriptions that it contains, in their order. */
  readonly inside: ReadonlyMap<string, readonly number[]>;
  /** The normal ids of all subscriptions, in their order, and the place of each in this list. */
  readonly ids: readonly string[];
  readonly places: ReadonlyMap<string, number>;
};

/** The display names are not unique in Azure, neither among subscriptions nor among management groups. */
const labelsOf = ({ managementGroups, subscriptions, unseen = [] }: Hierarchy): ReadonlyMap<string, string> =>
  new Map(
    distinctLabels([
      ...[...managementGroups, ...unseen].map(({ name, displayName }) => ({
        id: managementGroupId(name),
        label: displayName,
      })),
      ...subscriptions.map(({ id, displayName }) => ({ id, label: displayName })),
    ]).map(({ id, label }) => [normalId(id), label]),
  );

const aboveOf = ({ managementGroups, subscriptions }: Hierarchy): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...managementGroups.map((each) => ({ ...each, id: managementGroupId(each.name) })), ...subscriptions].map(
      ({ id, ancestors }) => [normalId(id), ancestors.map((name) => normalId(managementGroupId(name)))],
    ),
  );

const insideOf = ({ subscriptions }: Hierarchy): ReadonlyMap<string, readonly number[]> => {
  const inside = new Map<string, number[]>();
  for (const [place, { ancestors }] of subscriptions.entries()) {
    for (const name of ancestors) {
      const id = normalId(managementGroupId(name));
      const known = inside.get(id);
      if (known === undefined) inside.set(id, [place]);
      else known.push(place);
    }
  }
  return inside;
};

const indexes = new WeakMap<Hierarchy, Indexed>();

/** Indexes everything by name and by id, because callers look up thousands of scopes. */
const indexOf = (hierarchy: Hierarchy): Indexed => {
  const known = indexes.get(hierarchy);
  if (known !== undefined) return known;
  const ids = hierarchy.subscriptions.map(({ id }) => normalId(id));
  const made = {
    ids,
    places: new Map(ids.map((id, place) => [id, place])),
    groups: new Map(hierarchy.managementGroups.map((each) => [each.name.toLowerCase(), each])),
    subscriptions: new Map(hierarchy.subscriptions.map((each) => [normalId(each.id), each])),
    labels: labelsOf(hierarchy),
    above: aboveOf(hierarchy),
    inside: insideOf(hierarchy),
  };
  indexes.set(hierarchy, made);
  return made;
};

const managementGroupNamed = (name: string, hierarchy: Hierarchy): ManagementGroup | undefined =>
  indexOf(hierarchy).groups.get(name.toLowerCase());

/** The subscription that a scope is or lies in; undefined if Exemption Desk does not see it. */
export const subscriptionAt = (scope: string, hierarchy: Hierarchy): Subscription | undefined =>
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
  return [...scopesAbove(scope), ...(subscriptionAt(scope, hierarchy)?.ancestors ?? []).map(managementGroupId)];
};

/** The normal ids of `scopeChain`, which is what comparisons need; empty for the whole tenant. */
export const normalChain = (scope: string, hierarchy: Hierarchy): readonly string[] => {
  const id = normalId(scope);
  const { above } = indexOf(hierarchy);
  const ofGroup = above.get(id);
  if (!id.startsWith('/subscriptions/')) return id === '' ? [] : [id, ...(ofGroup ?? [])];
  const within = scopesAbove(id);
  return [...within, ...(above.get(within.at(-1) ?? '') ?? [])];
};

/** True when `wide` is `narrow` or contains it. For many scopes, `coveredBy` in scope-sets.ts is as quick as for one. */
export const covers = (wide: string, narrow: string, hierarchy: Hierarchy): boolean =>
  wide === everything || normalChain(narrow, hierarchy).includes(normalId(wide));

/** How many subscriptions that Exemption Desk sees a management group contains, or the whole tenant. */
export const subscriptionsInside = (scope: string, hierarchy: Hierarchy): number =>
  scope === everything ? hierarchy.subscriptions.length : (indexOf(hierarchy).inside.get(normalId(scope))?.length ?? 0);

/**
 * The normal ids of the subscriptions that Exemption Desk sees at or below some management groups and subscriptions, each once, in the order
 * of the hierarchy. Other scopes have none. The time grows with what is found, not with the tenant.
 */
export const subscriptionsBelow = (scopes: readonly string[], hierarchy: Hierarchy): readonly string[] => {
  const { ids, places, inside } = indexOf(hierarchy);
  if (scopes.includes(everything)) return ids;
  const found = new Set(
    scopes.map(normalId).flatMap((id) => {
      const place = places.get(id);
      return place === undefined ? (inside.get(id) ?? []) : [place];
    }),
  );
  return [...found].sort((a, b) => a - b).flatMap((place) => ids[place] ?? []);
};

/**
 * "online", "shop-prod", "shop-prod / rg-shop-prod" or "shop-prod / rg-shop-prod / vm-shop-1": names a person knows, never a GUID. Where
 * several have the same name, the end of the id stands behind it: "Azure subscription 1 (…4f3a)".
 */
export const scopeLabel = (scope: string, hierarchy: Hierarchy): string => {
  if (scope === everything) return 'everything';
  const { labels } = indexOf(hierarchy);
  if (scopeKind(scope) === 'management-group') return labels.get(normalId(scope)) ?? nameOf(scope);
  const subscription = subscriptionOf(scope) ?? scope;
  const group = resourceGroupOf(scope);
  return [
    labels.get(normalId(subscription)) ?? nameOf(subscription),
    ...(group === undefined ? [] : [nameOf(group)]),
    ...(scopeKind(scope) === 'resource' ? [nameOf(scope)] : []),
  ].join(' / ');
};

const subscriptions = '/subscriptions/';

/** The part of `scopeLabel` that may change while the scope stays the same: the name of its subscription or management group. */
export const placeName = (scope: string, hierarchy: Hierarchy): string => {
  const isInside = scope.slice(0, subscriptions.length).toLowerCase() === subscriptions;
  const end = isInside ? scope.indexOf('/', subscriptions.length) : -1;
  return indexOf(hierarchy).labels.get(normalId(end === -1 ? scope : scope.slice(0, end))) ?? '';
};

const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A text of Azure with the names of subscriptions in place of their ids: Defender calls its assignments “ASC Default (subscription: 10000001-…)”. */
export const withSubscriptionNames = (text: string, hierarchy: Hierarchy): string =>
  text.replace(guids, (guid) => indexOf(hierarchy).labels.get(`/subscriptions/${guid.toLowerCase()}`) ?? guid);

const kindWords: Readonly<Record<ScopeKind, string>> = {
  'management-group': 'Management group',
  subscription: 'Subscription',
  'resource-group': 'Resource group',
  resource: 'Resource',
};

/** “Subscription shop-prod”, “Management group Online”. */
export const scopeTitle = (scope: string, hierarchy: Hierarchy): string =>
  `${scope === everything ? '' : `${kindWords[scopeKind(scope)]} `}${scopeLabel(scope, hierarchy)}`;

/** Quotation marks hold words of a typed line together, and so are lost from a name that has some. */
const asTyped = (name: string): string => name.replace(/["“”„]/g, '').toLowerCase();

const isCalled = (id: string, name: string, wanted: string, hierarchy: Hierarchy): boolean =>
  [nameOf(id), name, scopeLabel(id, hierarchy), scopeTitle(id, hierarchy)].some((each) => asTyped(each) === wanted);

const subscriptionsCalled = (wanted: string, hierarchy: Hierarchy): string[] =>
  hierarchy.subscriptions
    .filter(({ id, displayName }) => isCalled(id, displayName, wanted, hierarchy))
    .map(({ id }) => id);

/**
 * Every scope that a person can mean: by an ARM id, "everything", or the name of a management group, subscription or (as
 * group@subscription, or as a card shows it) resource group. Names are not unique, so there may be several, of several kinds.
 */
export const scopesCalled = (words: string, hierarchy: Hierarchy): string[] => {
  const said = words.trim();
  const wanted = asTyped(said);
  if (wanted === 'everything' || wanted === everything) return [everything];
  if (said.startsWith('/')) return isScope(said.toLowerCase()) ? [said.replace(/\/+$/, '')] : [];
  const groups = hierarchy.managementGroups
    .map(({ name, displayName }) => ({ id: managementGroupId(name), displayName }))
    .filter(({ id, displayName }) => isCalled(id, displayName, wanted, hierarchy))
    .map(({ id }) => id);
  const found = [...groups, ...subscriptionsCalled(wanted, hierarchy)];
  if (found.length > 0) return found;
  const typed = /^(?<group>[^/@]+)@(?<within>.+)$/.exec(said);
  const asShown = /^(?:resource group )?(?<within>.+) \/ (?<group>[^/]+)$/i.exec(said);
  const { group: resourceGroup, within = '' } = typed?.groups ?? asShown?.groups ?? {};
  if (resourceGroup === undefined) return [];
  return subscriptionsCalled(asTyped(within.trim()), hierarchy).map(
    (id) => `${id}/resourceGroups/${resourceGroup.trim()}`,
  );
};
