import { isAtOrUnder, resourceTypeOf } from '../../src/core/tenant/arm-id.ts';
import type { Assessment, RecommendationSource, Where } from '../../src/core/tenant/recommendation.ts';
import type { FakeTenant } from './fake-tenant.ts';

const isThere = ({ subscriptions, narrower, hidden = [] }: Where, resourceId: string): boolean =>
  [...subscriptions, ...narrower].some((scope) => isAtOrUnder(resourceId, scope)) &&
  !hidden.some((scope) => isAtOrUnder(resourceId, scope));

const isOf = (key: string) => (each: { readonly recommendationKey: string }) =>
  each.recommendationKey.toLowerCase() === key.toLowerCase();

export const fakeRecommendations = (tenant: FakeTenant): RecommendationSource => {
  const assessmentsIn = (where: Where): Assessment[] =>
    tenant.assessments
      .filter(({ resourceId }) => isThere(where, resourceId))
      .toSorted((a, b) => (a.resourceId.toLowerCase() < b.resourceId.toLowerCase() ? -1 : 1));
  const assessments = async (key: string, where: Where) => assessmentsIn(where).filter(isOf(key));

  return {
    assessments,
    assessmentsOfAll: async (questions) => Promise.all(questions.map(({ key, where }) => assessments(key, where))),
    async recommendation(key, where) {
      if (!assessmentsIn(where).some(isOf(key))) return undefined;
      const known = tenant.recommendations.find((each) => each.key.toLowerCase() === key.toLowerCase());
      if (known === undefined) return undefined;
      const { preview: _, ...recommendation } = known;
      return recommendation;
    },
    standings: async (where, resourceType) =>
      tenant.recommendations.flatMap(({ key, title, severity, policyDefinitionId }) => {
        const found = assessmentsIn(where)
          .filter(isOf(key))
          .filter(
            ({ resourceId }) =>
              resourceType === undefined || resourceTypeOf(resourceId)?.toLowerCase() === resourceType.toLowerCase(),
          );
        const count = (status: Assessment['status']): number => found.filter((each) => each.status === status).length;
        const [unhealthy, exempted] = [count('unhealthy'), count('exempt')];
        return unhealthy + exempted === 0 ? [] : [{ key, title, severity, policyDefinitionId, unhealthy, exempted }];
      }),
    catalogue: async () =>
      tenant.recommendations.map(({ key, title, severity, policyDefinitionId, preview }) => ({
        key,
        title,
        severity,
        policyDefinitionId,
        preview,
      })),
  };
};
