import type { RecommendationStanding } from './recommendation.ts';

type Titled = Pick<RecommendationStanding, 'key' | 'title'> &
  Partial<Pick<RecommendationStanding, 'severity' | 'policyDefinitionId'>>;

/** Ways to tell recommendations of one title apart, the one that says most first. */
const ways: readonly ((each: Titled) => string)[] = [
  ({ policyDefinitionId }) =>
    policyDefinitionId === undefined ? 'cannot be exempted by policy' : 'can be exempted by policy',
  ({ severity }) => `${severity ?? 'unknown'} severity`,
  ({ key }) => key.slice(0, 8),
];

/** The titles in their order; where several are the same, each also says what tells it apart. */
export const distinctTitles = (all: readonly Titled[]): string[] =>
  all.map((each) => {
    const twins = all.filter(({ title }) => title === each.title);
    const way = ways.find((mark) => new Set(twins.map(mark)).size === twins.length) ?? (({ key }: Titled) => key);
    return twins.length === 1 ? each.title : `${each.title} (${way(each)})`;
  });
