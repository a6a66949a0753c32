import { managementGroupId, normalised, subscriptionIdOf } from '../../tenant/arm-id.ts';
import { identitiesOf, scopesGranting } from '../../tenant/authorization.ts';
import type { Principal, Tenant } from '../../tenant/tenant.ts';
import type { RowPlace } from './placed-row.ts';
import type { Within } from './segment.ts';

export type ScopeFilter = 'AtScopeAndBelow' | 'AtScopeAndAbove' | 'AtScopeAboveAndBelow' | 'AtScopeExact';

/** Ids in lower case; undefined means the whole tenant. */
export type AskedScopes = readonly string[] | undefined;

export const askedScopesOf = (subscriptions: readonly string[], managementGroups: readonly string[]): AskedScopes => {
  const asked = [
    ...subscriptions.map((subscriptionId) => `/subscriptions/${subscriptionId}`),
    ...managementGroups.map(managementGroupId),
  ].map(normalised);
  return asked.length === 0 ? undefined : asked;
};

type Test = (row: RowPlace) => boolean;

/** Makes the test for rows at places that the query covers. */
export const createScopeTest = (tenant: Tenant, asked: AskedScopes, filter: ScopeFilter): Test => {
  if (asked === undefined) return () => true;
  const exact = new Set(asked);
  const above = new Set(asked.flatMap((scope) => tenant.chainOf(scope)));
  const isBelow: Test = ({ chain }) => chain.some((scope) => exact.has(scope));
  const isAbove: Test = ({ scope }) => scope !== undefined && above.has(scope);
  const tests: Readonly<Record<ScopeFilter, Test>> = {
    AtScopeAndBelow: isBelow,
    AtScopeAndAbove: isAbove,
    AtScopeAboveAndBelow: (row) => isBelow(row) || isAbove(row),
    AtScopeExact: ({ scope }) => scope !== undefined && exact.has(scope),
  };
  return (row) => row.scope === undefined || tests[filter](row);
};

/** Makes the test for rows that the caller may see: by a role there or above, or because it contains a scope where the caller has a role. */
export const createReadTest = (tenant: Tenant, caller: Principal): Test => {
  const known = new Map<string, { readonly granted: ReadonlySet<string>; readonly above: ReadonlySet<string> }>();
  const lookUp = (action: string) => {
    const granted = scopesGranting(tenant, caller.objectId, action);
    const found = { granted: new Set(granted), above: new Set(granted.flatMap((scope) => tenant.chainOf(scope))) };
    known.set(action, found);
    return found;
  };
  return ({ scope, chain, action }) => {
    if (scope === undefined) return true;
    const { granted, above } = known.get(action) ?? lookUp(action);
    const isInherited = action.startsWith('Microsoft.Authorization/') && above.has(scope);
    return isInherited || chain.some((level) => granted.has(level));
  };
};

/** The subscriptions that a caller can see anything of, among those that the query covers. */
export const subscriptionsInSight = (tenant: Tenant, asked: AskedScopes, caller: Principal): Within => {
  const identities = new Set(identitiesOf(tenant, caller.objectId));
  const roles = tenant.roleAssignments.filter(({ principalId }) => identities.has(principalId));
  const held = new Set(roles.map(({ scope }) => normalised(scope)));
  const inside = new Set([...held].map((scope) => subscriptionIdOf(scope)));
  const wanted = asked === undefined ? undefined : new Set(asked);
  const subscriptions = tenant.subscriptions.filter(({ subscriptionId }) => {
    const chain = tenant.chainOf(`/subscriptions/${subscriptionId}`);
    const isAsked = wanted === undefined || chain.some((level) => wanted.has(level));
    return isAsked && (inside.has(subscriptionId) || chain.some((level) => held.has(level)));
  });
  const ids = new Set(subscriptions.map(({ subscriptionId }) => subscriptionId));
  return {
    subscriptions,
    holds: (scope) => {
      const subscriptionId = subscriptionIdOf(scope);
      return subscriptionId === '' || ids.has(subscriptionId.toLowerCase());
    },
  };
};
