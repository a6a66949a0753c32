import type { Assessment } from '../../tenant/assessments.ts';
import type { ControlScore, SecureScore } from '../../tenant/secure-scores.ts';
import type { Recommendation } from '../../tenant/tenant.ts';

const makeMetadata = (recommendation: Recommendation) => ({
  displayName: recommendation.displayName,
  assessmentType: 'BuiltIn',
  ...(recommendation.policyDefinitionId !== undefined && { policyDefinitionId: recommendation.policyDefinitionId }),
  description: recommendation.description,
  remediationDescription: recommendation.remediationDescription,
  categories: [recommendation.category],
  ...(recommendation.recommendationCategory !== undefined && {
    recommendationCategory: recommendation.recommendationCategory,
  }),
  severity: recommendation.severity,
  userImpact: 'Moderate',
  implementationEffort: 'Low',
  threats: ['dataExfiltration', 'maliciousInsider'],
});

const known = new WeakMap<Recommendation, ReturnType<typeof makeMetadata>>();

/** The same object each time, since a tenant has far more assessments than recommendations. */
export const metadataOf = (recommendation: Recommendation): ReturnType<typeof makeMetadata> => {
  const metadata = known.get(recommendation) ?? makeMetadata(recommendation);
  known.set(recommendation, metadata);
  return metadata;
};

export const metadataDocument = (recommendation: Recommendation) => ({
  id: `/providers/Microsoft.Security/assessmentMetadata/${recommendation.assessmentKey}`,
  name: recommendation.assessmentKey,
  type: 'Microsoft.Security/assessmentMetadata',
  properties: metadataOf(recommendation),
});

/** The portal address of the assessment without the scheme, as Defender writes it. */
export const portalLinkOf = ({ recommendation, resource }: Assessment): string =>
  `portal.azure.com/#blade/Microsoft_Azure_Security/RecommendationsBlade/assessmentKey/${recommendation.assessmentKey}/resourceId/${resource.id.replaceAll('/', '%2f')}`;

/** The scores of a subscription: the one that the portal shows, and the one without what has a grace period. */
type ScoreName = 'ascScore' | 'scoreGraceExcluded';
const scorePath = (name: ScoreName): string => `/providers/Microsoft.Security/secureScores/${name}`;

/** `at` is a subscription, or the connector of another cloud. */
export const secureScoreDocument = (at: string, { score, weight }: SecureScore, name: ScoreName = 'ascScore') => ({
  id: `${at}${scorePath(name)}`,
  name,
  type: 'Microsoft.Security/secureScores',
  properties: { displayName: 'ASC score', score, weight },
});

const controlDefinition = ({ id, displayName, maxScore, assessmentKeys }: ControlScore) => ({
  id: `/providers/Microsoft.Security/secureScoreControlDefinitions/${id}`,
  name: id,
  type: 'Microsoft.Security/secureScoreControlDefinitions',
  properties: {
    source: { sourceType: 'BuiltIn' },
    displayName,
    maxScore,
    assessmentDefinitions: assessmentKeys.map((key) => ({
      id: `/providers/Microsoft.Security/assessmentMetadata/${key}`,
    })),
  },
});

export const controlDocument = (
  at: string,
  control: ControlScore,
  withDefinition: boolean,
  name: ScoreName = 'ascScore',
) => ({
  id: `${at}${scorePath(name)}/secureScoreControls/${control.id}`,
  name: control.id,
  type: 'Microsoft.Security/secureScores/secureScoreControls',
  properties: {
    displayName: control.displayName,
    healthyResourceCount: control.healthy,
    unhealthyResourceCount: control.unhealthy,
    notApplicableResourceCount: control.notApplicable,
    score: control.score,
    weight: control.healthy + control.unhealthy,
    ...(withDefinition && { definition: controlDefinition(control) }),
  },
});
