import {
  isGuid,
  isScope,
  managementGroupId,
  nameOf,
  sameId,
  scopeKind,
  subscriptionId,
  subscriptionOf,
} from '../tenant/arm-id.ts';
import { covers, everything, type Hierarchy } from '../tenant/hierarchy.ts';

/** A scope as the governance file writes it: `mg:…`, `sub:…`, `rg:group@subscription` or an ARM id. */
export type ScopeReference = { readonly text: string } & (
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'management-group' | 'subscription'; readonly name: string }
  | { readonly kind: 'resource-group'; readonly name: string; readonly subscription: string }
);

const groupIn = (subscription: string, name: string): string => `${subscription}/resourceGroups/${name}`;

/** Undefined if the text names no scope. A resource group needs its subscription, because another subscription may have a group of the same name. */
export const scopeReferenceIn = (text: string): ScopeReference | undefined => {
  if (text.startsWith('/')) return isScope(text) ? { kind: 'id', id: text, text } : undefined;
  const [, prefix, name = ''] = /^(mg|sub|rg):\s*(\S.*?)\s*$/.exec(text) ?? [];
  if (prefix === 'mg') return { kind: 'management-group', name, text };
  if (prefix === 'sub')
    return isGuid(name) ? { kind: 'id', id: subscriptionId(name), text } : { kind: 'subscription', name, text };
  const [, group, subscription] = /^\s*([^/@]*[^/@\s])\s*@\s*(\S.*)$/.exec(name) ?? [];
  if (prefix !== 'rg' || group === undefined || subscription === undefined) return undefined;
  return isGuid(subscription)
    ? { kind: 'id', id: groupIn(subscriptionId(subscription), group), text }
    : { kind: 'resource-group', name: group, subscription, text };
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const subscriptionsNamed = (name: string, { subscriptions }: Hierarchy): string[] =>
  subscriptions.filter((each) => same(each.displayName, name)).map((each) => each.id);

const managementGroupsNamed = (name: string, { managementGroups, subscriptions }: Hierarchy): string[] => {
  const listed = managementGroups.filter((each) => same(each.name, name) || same(each.displayName, name));
  const above = [...managementGroups, ...subscriptions].some((each) => each.ancestors.some((one) => same(one, name)));
  return [...new Set([...listed.map((each) => each.name.toLowerCase()), ...(above ? [name.toLowerCase()] : [])])].map(
    managementGroupId,
  );
};

/** Every scope with this name. Display names need not be unique, and then all are meant. Empty if the name is unknown. */
const scopesReferred = (reference: ScopeReference, hierarchy: Hierarchy): string[] => {
  switch (reference.kind) {
    case 'id':
      return [reference.id];
    case 'management-group':
      return managementGroupsNamed(reference.name, hierarchy);
    case 'subscription':
      return subscriptionsNamed(reference.name, hierarchy);
    case 'resource-group':
      return subscriptionsNamed(reference.subscription, hierarchy).map((id) => groupIn(id, reference.name));
  }
};

/** Whether the name that the file uses exists; an id always counts as known. */
export const isKnown = (reference: ScopeReference, hierarchy: Hierarchy): boolean =>
  scopesReferred(reference, hierarchy).length > 0;

const isManagementGroup = (scope: string): boolean => scope !== everything && scopeKind(scope) === 'management-group';

/** Whether the hierarchy contains the management groups above a scope. */
const isPlaced = (scope: string, { managementGroups, subscriptions }: Hierarchy): boolean =>
  scope === everything ||
  (isManagementGroup(scope)
    ? managementGroups.some((each) => same(each.name, nameOf(scope)))
    : subscriptions.some((each) => sameId(each.id, subscriptionOf(scope) ?? '')));

const cannotTell = (asked: string, named: string, hierarchy: Hierarchy): boolean =>
  (isManagementGroup(named) && !isPlaced(asked, hierarchy)) ||
  ((asked === everything || isManagementGroup(asked)) && !isPlaced(named, hierarchy));

/**
 * The overlap of a requested and a named scope: the requested scope if it lies inside, the named scopes that lie below it, or nothing.
 * `unsure` if the name or the position of either is unknown, so they may overlap.
 */
export const overlap = (
  asked: string,
  reference: ScopeReference,
  hierarchy: Hierarchy,
): { readonly places: readonly string[]; readonly unsure: boolean } => {
  const named = scopesReferred(reference, hierarchy);
  if (named.some((scope) => covers(scope, asked, hierarchy))) return { places: [asked], unsure: false };
  const byName = reference.kind !== 'id' && !isPlaced(asked, hierarchy);
  if (named.length === 0 || byName || named.some((scope) => cannotTell(asked, scope, hierarchy)))
    return { places: [asked], unsure: true };
  return { places: named.filter((scope) => covers(asked, scope, hierarchy)), unsure: false };
};
