import type { Recommendation } from '../tenant.ts';
import { roll, rollAfter } from './dice.ts';

/** Classic recommendations that are about a resource of their type, of ten. */
const classicOfTen = 6;
/** A resource has up to this many findings of its own. */
const mostIndividual = 8;

/** Which recommendations a resource has: most classic ones of its type, and a few of thousands of individual ones. */
export const createRecommendationsFor = (
  classic: readonly Recommendation[],
  individual: readonly Recommendation[],
  always: ReadonlySet<string>,
) => {
  const classicByType = Map.groupBy(classic, ({ resourceType }) => resourceType);
  const individualByType = Map.groupBy(individual, ({ resourceType }) => resourceType);
  return ({ id, type }: { readonly id: string; readonly type: string }): readonly Recommendation[] => {
    const classicOfType = classicByType.get(type) ?? [];
    const findings = individualByType.get(type) ?? [];
    if (classicOfType.length + findings.length === 0) return [];
    const own = id.toLowerCase();
    const rollFor = rollAfter(`${own} `);
    const usual = classicOfType.filter(
      ({ assessmentKey }) => always.has(assessmentKey) || rollFor(assessmentKey, 10) < classicOfTen,
    );
    if (findings.length === 0) return usual;
    const start = roll(`first finding ${own}`, findings.length);
    return [...usual, ...findings.slice(start, start + roll(`findings ${own}`, mostIndividual + 1))];
  };
};
