import { normalised } from '../arm-id.ts';
import type { Recommendation } from '../tenant.ts';
import catalogue from './recommendations.json' with { type: 'json' };

/** Real recommendations of Defender for Cloud in November 2026; the descriptions are our own. */
export const recommendations: readonly Recommendation[] = catalogue.map(
  ({ policyDefinitionId, resourceKind, recommendationCategory, evaluatedWithoutPolicy, ...recommendation }) => ({
    ...recommendation,
    ...(policyDefinitionId !== undefined && { policyDefinitionId }),
    ...(resourceKind !== undefined && { resourceKind }),
    ...(recommendationCategory !== undefined && { recommendationCategory }),
    evaluatedWithoutPolicy: evaluatedWithoutPolicy ?? policyDefinitionId === undefined,
  }),
);

/** The policy definitions behind the recommendations, each once. */
export const recommendedDefinitions: readonly { readonly id: string; readonly displayName: string }[] = [
  ...new Map(
    recommendations.flatMap(({ policyDefinitionId, displayName }) =>
      policyDefinitionId === undefined
        ? []
        : [[normalised(policyDefinitionId), { id: policyDefinitionId, displayName }]],
    ),
  ).values(),
];
