import { managementGroupId, normalId, scopesAbove, subscriptionOf } from './arm-id.ts';
import { everything, type Hierarchy } from './hierarchy.ts';
import { coveredBy } from './scope-sets.ts';

/** Scopes with everything in them, as a database can look them up: its rows are in lower case and know no hierarchy. */
export type ScopeReach = {
  /** The whole tenant. The lists are empty then. */
  readonly everything: boolean;
  /** `/subscriptions/{guid}`: everything in them. */
  readonly subscriptions: readonly string[];
  /** Resource groups and resources outside those subscriptions: everything in them. None lies in another. */
  readonly narrower: readonly string[];
  /** Management groups: only themselves, because what lies in them is listed. */
  readonly exact: readonly string[];
};

/** What a list may show, as a database can look it up. */
export type ScopeFilter = { readonly shown: ScopeReach; readonly hidden: ScopeReach };

/** The widest scopes that may be shown, and scopes inside them that may not. */
type Sight = { readonly scopes: readonly string[]; readonly hidden: readonly string[]; readonly hierarchy: Hierarchy };

/** The two forms in which a database keeps a scope: the normal id, and that of its subscription; null for what lies in none. */
export const scopeColumns = (scope: string): { readonly scopeKey: string; readonly subscriptionKey: string | null } => {
  const scopeKey = normalId(scope);
  const isInside = scopeKey.startsWith('/subscriptions/');
  return { scopeKey, subscriptionKey: isInside ? (subscriptionOf(scopeKey) ?? null) : null };
};

/** Those that lie in no other one. */
const outermost = (scopes: readonly string[]): string[] => {
  const kept: string[] = [];
  // Sorted, everything in a scope follows it at once.
  for (const path of scopes.map((each) => `${each}/`).sort()) {
    const before = kept.at(-1);
    if (before === undefined || !path.startsWith(before)) kept.push(path);
  }
  return kept.map((path) => path.slice(0, -1));
};

const reachOf = (scopes: readonly string[], hierarchy: Hierarchy): ScopeReach => {
  if (scopes.includes(everything)) return { everything: true, subscriptions: [], narrower: [], exact: [] };
  const isCovered = coveredBy(scopes, hierarchy);
  const given = [...new Set(scopes.map(normalId))].filter((id) => id !== '');
  const isInside = (id: string): boolean => scopeColumns(id).subscriptionKey !== null;
  const subscriptions = new Set([
    ...hierarchy.subscriptions.filter(({ id }) => isCovered(id)).map(({ id }) => normalId(id)),
    ...given.filter((id) => scopeColumns(id).subscriptionKey === id),
  ]);
  const groups = hierarchy.managementGroups.map(({ name }) => managementGroupId(name));
  return {
    everything: false,
    subscriptions: [...subscriptions],
    // Whatever is no scope, such as half of an id, contains nothing.
    narrower: outermost(
      given.filter((id) => isInside(id) && scopesAbove(id)[0] === id && !subscriptions.has(subscriptionOf(id) ?? '')),
    ),
    exact: [...new Set([...groups.filter(isCovered).map(normalId), ...given.filter((id) => !isInside(id))])],
  };
};

/** Says for a database which scopes may be shown. It names every subscription, but looks at none twice. Pure. */
export const scopeFilter = ({ scopes, hidden, hierarchy }: Sight): ScopeFilter => ({
  shown: reachOf(scopes, hierarchy),
  hidden: reachOf(hidden, hierarchy),
});
