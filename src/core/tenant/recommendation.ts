export type Severity = 'high' | 'medium' | 'low';

/** A Defender for Cloud recommendation: one check, told of many resources. */
export type Recommendation = {
  /** The assessment key, a GUID. */
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  readonly remediation: string;
  /** Undefined where Azure Policy has no part in it: such a recommendation cannot be exempted by a policy exemption. */
  readonly policyDefinitionId: string | undefined;
};

/** How a recommendation stands over a set of scopes. */
export type RecommendationStanding = Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'> & {
  readonly unhealthy: number;
  readonly exempted: number;
};

/** One recommendation on one resource. */
export type Assessment = {
  readonly recommendationKey: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly status: 'unhealthy' | 'exempt' | 'healthy' | 'not-applicable';
};

/** Where to look: subscriptions and narrower scopes, as `queryScopes` makes them. Nothing outside is ever returned. */
export type Where = {
  readonly subscriptions: readonly string[];
  readonly narrower: readonly string[];
  /** Scopes inside these whose content must not show. */
  readonly hidden?: readonly string[];
};

/** For the assessments of one recommendation in some places. */
export type AssessmentQuestion = { readonly key: string; readonly where: Where };

/** A recommendation as the tenant knows it, wherever it is open. */
type KnownRecommendation = Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'> & {
  /** Still tried out by Microsoft: it does not count in the secure score. */
  readonly preview: boolean;
};

/** Reads Defender for Cloud. All throw GovernanceError unavailable when Azure does not answer. */
export type RecommendationSource = {
  /** Every recommendation with at least one unhealthy or exempted resource there; `resourceType` (an ARM type, any casing) narrows. */
  readonly standings: (where: Where, resourceType?: string) => Promise<RecommendationStanding[]>;
  /** One recommendation as seen there; undefined when no assessment of it lies there. */
  readonly recommendation: (key: string, where: Where) => Promise<Recommendation | undefined>;
  /** Every assessment of one recommendation there, ordered by resource id. */
  readonly assessments: (key: string, where: Where) => Promise<Assessment[]>;
  /** Of several questions at once what each alone would get from `assessments`, in their order, as Azure tells it now; few queries, however many. */
  readonly assessmentsOfAll: (questions: readonly AssessmentQuestion[]) => Promise<Assessment[][]>;
  /** Every recommendation known in the tenant, for telling which exemptions bear on one; cached for minutes. */
  readonly catalogue: () => Promise<KnownRecommendation[]>;
};

const rank = { high: 0, medium: 1, low: 2 } as const;

/** Worst first: severity, then how many resources, then title. */
export const worstFirst = (a: RecommendationStanding, b: RecommendationStanding): number =>
  rank[a.severity] - rank[b.severity] || b.unhealthy - a.unhealthy || a.title.localeCompare(b.title, 'en');
