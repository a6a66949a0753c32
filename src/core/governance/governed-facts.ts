import { distinctBy } from '../lists.ts';
import { managementGroupId, nameOf, normalId, scopeKind, subscriptionId, subscriptionOf } from '../tenant/arm-id.ts';
import type { GovernanceFacts } from './governance-match.ts';
import type { GovernanceRules } from './governance-rules.ts';
import { overlap, type ScopeReference } from './governance-scope.ts';
import { everything, scopeChain, type Hierarchy } from '../tenant/hierarchy.ts';

/** The facts that rules looked at and that cannot be looked up later, kept so that other rules can be tried on them. Contains no personal data. */
export type GovernedFacts = Pick<GovernanceFacts, 'resourceTypes' | 'affectedResources' | 'unhealthyResources'> & {
  readonly firstLasted?: NonNullable<GovernanceFacts['firstLasted']>;
  /** Only what is above, at or below the scopes. */
  readonly hierarchy: Hierarchy;
  /** Scopes of the governance file, as written, that were unknown at that time. */
  readonly unknownScopes: readonly string[];
};

/** The scopes that rules name, each once. */
export const scopesNamed = ({ rules }: Pick<GovernanceRules, 'rules'>): ScopeReference[] =>
  distinctBy(
    rules.flatMap(({ when }) => when.scope ?? []),
    ({ text }) => text,
  );

const around = (scopes: readonly string[], hierarchy: Hierarchy): Hierarchy => {
  if (scopes.includes(everything)) return hierarchy;
  const asked = new Set(scopes.map(normalId));
  const above = new Set(scopes.flatMap((scope) => scopeChain(scope, hierarchy)).map(normalId));
  const isNear = (id: string, ancestors: readonly string[]): boolean =>
    above.has(normalId(id)) || ancestors.some((name) => asked.has(normalId(managementGroupId(name))));
  return {
    managementGroups: hierarchy.managementGroups.filter(({ name, ancestors }) =>
      isNear(managementGroupId(name), ancestors),
    ),
    subscriptions: hierarchy.subscriptions.filter(({ id, ancestors }) => isNear(id, ancestors)),
  };
};

/** A made-up place of the named kind that neither contains nor lies inside a requested scope. */
const elsewhere = (reference: ScopeReference, number: number): Partial<Hierarchy> => {
  const name = `elsewhere-${number}`;
  const subscription = (id: string, displayName: string): Partial<Hierarchy> => ({
    subscriptions: [{ id, displayName, ancestors: [] }],
  });
  switch (reference.kind) {
    case 'id':
      return scopeKind(reference.id) === 'management-group'
        ? { managementGroups: [{ name: nameOf(reference.id), displayName: '', ancestors: [] }] }
        : subscription(subscriptionOf(reference.id) ?? '', '');
    case 'management-group':
      return { managementGroups: [{ name, displayName: reference.name, ancestors: [] }] };
    case 'subscription':
      return subscription(subscriptionId(name), reference.name);
    case 'resource-group':
      return subscription(subscriptionId(name), reference.subscription);
  }
};

/** Whether a made-up place is needed to be certain that no requested scope lies in a named one. Not where the request covers everything. */
const wantsPlace = (reference: ScopeReference, asked: readonly string[], kept: Hierarchy): boolean =>
  !asked.includes(everything) && asked.some((scope) => overlap(scope, reference, kept).unsure);

/**
 * The hierarchy for trying rules on scopes of a past request. Everything around those scopes was kept, so any other scope that the rules
 * name is a place elsewhere; scopes that were unknown then stay unknown.
 */
export const hierarchyThen = (
  rules: Pick<GovernanceRules, 'rules'>,
  asked: readonly string[],
  { hierarchy, unknownScopes }: Pick<GovernedFacts, 'hierarchy' | 'unknownScopes'>,
): Hierarchy => {
  const others = scopesNamed(rules)
    .filter((each) => !unknownScopes.includes(each.text) && wantsPlace(each, asked, hierarchy))
    .map(elsewhere);
  return {
    managementGroups: [...hierarchy.managementGroups, ...others.flatMap((each) => each.managementGroups ?? [])],
    subscriptions: [...hierarchy.subscriptions, ...others.flatMap((each) => each.subscriptions ?? [])],
  };
};

/** The facts to keep of those that rules decide by. Evaluated again on them, the same rules give the same answer. */
export const factsToKeep = (rules: Pick<GovernanceRules, 'rules'>, facts: GovernanceFacts): GovernedFacts => {
  const { scopes, resourceTypes, affectedResources, unhealthyResources, firstLasted } = facts;
  const hierarchy = around(scopes, facts.hierarchy);
  const placed = hierarchyThen(rules, scopes, { hierarchy, unknownScopes: [] });
  const isUnknown = (each: ScopeReference): boolean =>
    scopes.some((scope) => overlap(scope, each, facts.hierarchy).unsure && !overlap(scope, each, placed).unsure);
  return {
    resourceTypes,
    affectedResources,
    ...(unhealthyResources === undefined ? {} : { unhealthyResources }),
    ...(firstLasted === undefined ? {} : { firstLasted }),
    hierarchy,
    unknownScopes: scopesNamed(rules)
      .filter(isUnknown)
      .map(({ text }) => text),
  };
};
