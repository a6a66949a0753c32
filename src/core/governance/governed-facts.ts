import { distinctBy } from '../lists.ts';
import { managementGroupId, nameOf, normalId, scopeKind, subscriptionId, subscriptionOf } from '../tenant/arm-id.ts';
import type { GovernanceFacts } from './governance-match.ts';
import type { GovernanceRules } from './governance-rules.ts';
import { overlap, type ScopeReference } from './governance-scope.ts';
import { everything, scopeChain, type Hierarchy } from '../tenant/hierarchy.ts';

/** What the rules looked at and nobody can look up later, so that other rules can be tried on it. Without personal data. */
export type GovernedFacts = Pick<GovernanceFacts, 'resourceTypes' | 'affectedResources'> & {
  readonly firstLasted?: NonNullable<GovernanceFacts['firstLasted']>;
  /** Only what is above, at or below the scopes. */
  readonly hierarchy: Hierarchy;
  /** Scopes of the file in force, as written, that nobody could place then. */
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

/** A place of the named kind that holds none of the asked scopes and lies in none. */
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

/** Whether it takes a place elsewhere to be sure that nothing asked for lies in a named scope. Nothing is elsewhere for who asks for everything. */
const wantsPlace = (reference: ScopeReference, asked: readonly string[], kept: Hierarchy): boolean =>
  !asked.includes(everything) && asked.some((scope) => overlap(scope, reference, kept).unsure);

/**
 * The hierarchy in which rules are tried on scopes that were asked for in the past. What was kept is all that lay around them, so whatever else
 * the rules name is a place elsewhere; only what nobody could place then stays unknown.
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

/** What to keep of the facts that rules decide by: tried on it again, the same rules give the same answer. */
export const factsToKeep = (rules: Pick<GovernanceRules, 'rules'>, facts: GovernanceFacts): GovernedFacts => {
  const { scopes, resourceTypes, affectedResources, firstLasted } = facts;
  const hierarchy = around(scopes, facts.hierarchy);
  const placed = hierarchyThen(rules, scopes, { hierarchy, unknownScopes: [] });
  const isUnknown = (each: ScopeReference): boolean =>
    scopes.some((scope) => overlap(scope, each, facts.hierarchy).unsure && !overlap(scope, each, placed).unsure);
  return {
    resourceTypes,
    affectedResources,
    ...(firstLasted === undefined ? {} : { firstLasted }),
    hierarchy,
    unknownScopes: scopesNamed(rules)
      .filter(isUnknown)
      .map(({ text }) => text),
  };
};
