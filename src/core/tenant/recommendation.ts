import { bySeverityRank, type Severity } from './severity.ts';

/** A Defender for Cloud recommendation: one check of many resources. */
export type Recommendation = {
  /** The assessment key, a GUID. */
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  readonly remediation: string;
  /** Undefined if Azure Policy is not involved: a policy exemption cannot cover such a recommendation. */
  readonly policyDefinitionId: string | undefined;
  /** Of an individual recommendation, which stands for one finding and is exempted by this category; undefined for every other one. */
  readonly category: string | undefined;
};

/** The counts of a recommendation over a set of scopes. */
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

/** The places to look at: subscriptions and narrower scopes, as `queryScopes` returns them. Nothing outside is ever returned. */
export type Where = {
  readonly subscriptions: readonly string[];
  readonly narrower: readonly string[];
  /** Scopes inside these whose content must not be shown. */
  readonly hidden?: readonly string[];
};

/** A query for the assessments of one recommendation in some places. */
export type AssessmentQuestion = { readonly key: string; readonly where: Where };

/** A recommendation in the catalogue of the tenant, wherever it is open. */
type KnownRecommendation = Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'> & {
  /** In preview at Microsoft: it does not count in the secure score. */
  readonly preview: boolean;
};

/** Reads Defender for Cloud. Every method throws GovernanceError unavailable when Azure does not answer. */
export type RecommendationSource = {
  /** Every recommendation with at least one unhealthy or exempted resource there; `resourceType` (an ARM type, any casing) narrows the list. */
  readonly standings: (where: Where, resourceType?: string) => Promise<RecommendationStanding[]>;
  /** One recommendation as seen there; undefined if it has no assessment there. */
  readonly recommendation: (key: string, where: Where) => Promise<Recommendation | undefined>;
  /** Every assessment of one recommendation there, ordered by resource id. */
  readonly assessments: (key: string, where: Where) => Promise<Assessment[]>;
  /**
   * Answers several queries at once: for each, in their order, what `assessments` would return, read live; with few queries to Azure,
   * however many are asked.
   */
  readonly assessmentsOfAll: (questions: readonly AssessmentQuestion[]) => Promise<Assessment[][]>;
  /** Every recommendation known in the tenant, for finding the exemptions that belong to one; cached for minutes. */
  readonly catalogue: () => Promise<KnownRecommendation[]>;
};

/** Worst first: severity, then how many resources, then title. */
export const worstFirst = (a: RecommendationStanding, b: RecommendationStanding): number =>
  bySeverityRank(a.severity, b.severity) || b.unhealthy - a.unhealthy || a.title.localeCompare(b.title, 'en');
