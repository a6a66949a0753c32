import { resourceTypeOf, scopeKind } from '../tenant/arm-id.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { GovernanceConditions } from './governance-rules.ts';
import { overlap } from './governance-scope.ts';
import { covers, everything, scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import { widest } from '../tenant/scope-sets.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import { meansSeverity } from '../tenant/severity.ts';
import { matchesWildcard } from '../wildcard.ts';

/** The facts about a request that rules look at. */
export type GovernanceFacts = {
  readonly recommendation: Pick<Recommendation, 'key' | 'title' | 'severity'>;
  readonly category: ExemptionCategory;
  /** The id of a ready reason, if one was chosen. */
  readonly reason?: string | undefined;
  /** ARM ids. */
  readonly scopes: readonly string[];
  /** ARM types of the resources there that the recommendation applies to; empty if unknown. */
  readonly resourceTypes: readonly string[];
  /** How many resources the exemption covers today. */
  readonly affectedResources: number;
  /** How many of them are unhealthy; undefined where it was not looked at. No rule asks for it. */
  readonly unhealthyResources?: number;
  /** For a renewal: how long the first exemption lasted. */
  readonly firstLasted: number | 'for ever' | undefined;
  readonly hierarchy: Hierarchy;
};

/** Where the conditions of a rule apply: certainly at `places`, possibly at `unsure`. `why` is a clause for people. */
export type GovernanceMatch = {
  readonly places: readonly string[];
  readonly unsure: readonly string[];
  readonly why: string;
};

const nowhere = (why: string): GovernanceMatch => ({ places: [], unsure: [], why });
const listed = (values: readonly string[]): string => values.join(' or ');

/** Why conditions that do not depend on the place fail. */
const contradiction = (when: GovernanceConditions, facts: GovernanceFacts): string | undefined => {
  const { severity, key, title } = facts.recommendation;
  if (when.severity !== undefined && !when.severity.some((said) => meansSeverity(said, severity)))
    return `the severity is ${severity}, not ${listed(when.severity)}`;
  if (when.category !== undefined && !when.category.includes(facts.category))
    return `the category is ${facts.category.toLowerCase()}, not ${listed(when.category).toLowerCase()}`;
  const meant = (pattern: string): boolean => matchesWildcard(pattern, title) || matchesWildcard(pattern, key);
  if (when.recommendation !== undefined && !when.recommendation.some(meant))
    return `the recommendation is not ${listed(when.recommendation.map((pattern) => `“${pattern}”`))}`;
  return undefined;
};

type Found = { readonly place: string; readonly unsure: boolean };

const scopesFound = (when: GovernanceConditions, asked: readonly string[], { hierarchy }: GovernanceFacts): Found[] => {
  if (when.scope === undefined) return asked.map((place) => ({ place, unsure: false }));
  const references = when.scope;
  return asked.flatMap((scope) =>
    references.flatMap((reference) => {
      const { places, unsure } = overlap(scope, reference, hierarchy);
      return places.map((place) => ({ place, unsure }));
    }),
  );
};

/** A resource counts with its own type, and with the types of the resources inside it: a server with its databases. */
const typesAt = (place: string, { resourceTypes }: GovernanceFacts): readonly string[] => {
  if (place === everything || scopeKind(place) !== 'resource') return resourceTypes;
  const own = resourceTypeOf(place) ?? '';
  return [own, ...resourceTypes.filter((type) => type.toLowerCase().startsWith(`${own.toLowerCase()}/`))];
};

const narrowedByType = (when: GovernanceConditions, found: Found, facts: GovernanceFacts): Found[] => {
  if (when.resourceType === undefined) return [found];
  if (facts.resourceTypes.length === 0) return [{ ...found, unsure: true }];
  const patterns = when.resourceType;
  const types = typesAt(found.place, facts);
  const fitting = types.filter((type) => patterns.some((pattern) => matchesWildcard(pattern, type)));
  return fitting.length === 0 ? [] : [{ ...found, unsure: found.unsure || fitting.length < types.length }];
};

const explained = (when: GovernanceConditions, sure: readonly string[], facts: GovernanceFacts): string => {
  const wholly = facts.scopes.every((scope) => sure.some((place) => covers(place, scope, facts.hierarchy)));
  const labels = (sure.length === 0 ? facts.scopes : sure).map((place) => scopeLabel(place, facts.hierarchy));
  if (sure.length === 0) return `it may apply to ${labels.join(', ')}, so the rule counts in addition to those below`;
  if (wholly) return when.scope === undefined ? 'every condition is met' : 'every condition is met at every scope';
  return `every condition is met for ${labels.join(', ')}`;
};

/** Where the conditions of a rule apply within the requested scopes, leaving out scopes that rules above have decided. */
export const matchOf = (
  when: GovernanceConditions,
  asked: readonly string[],
  settled: readonly string[],
  facts: GovernanceFacts,
): GovernanceMatch => {
  const contradicted = contradiction(when, facts);
  if (contradicted !== undefined) return nowhere(contradicted);
  const isOpen = ({ place }: Found): boolean => !settled.some((each) => covers(each, place, facts.hierarchy));
  const inScope = scopesFound(when, asked, facts).filter(isOpen);
  if (inScope.length === 0)
    return nowhere(`none of the requested scopes lies in ${listed((when.scope ?? []).map((each) => each.text))}`);
  const found = inScope.flatMap((each) => narrowedByType(when, each, facts));
  if (found.length === 0) return nowhere(`the resources are not of type ${listed(when.resourceType ?? [])}`);
  const placesThat = (unsure: boolean): string[] =>
    widest(
      found.filter((each) => each.unsure === unsure).map((each) => each.place),
      facts.hierarchy,
    );
  const places = placesThat(false);
  return { places, unsure: placesThat(true), why: explained(when, places, facts) };
};
