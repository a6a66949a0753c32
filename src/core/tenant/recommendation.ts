import type { CloudRecommendation } from './cloud-recommendation.ts';
import type { ListPage } from '../list-page.ts';
import type { ResourceFilter } from './resource-filter.ts';
import type { Severity } from './severity.ts';

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

/** The same for those of the resources that are meant alone; without a filter all of them. */
export type AssessmentsMeant = AssessmentQuestion & { readonly resources?: ResourceFilter | undefined };
export type AssessmentsFound = { readonly rows: readonly Assessment[]; readonly found: number };

/** How many assessments of a recommendation have which status, and the ids of the subscriptions that they are in. */
type AssessmentCounts = {
  readonly unhealthy: number;
  readonly exempt: number;
  readonly healthy: number;
  readonly notApplicable: number;
  readonly subscriptions: readonly string[];
};
export type RecommendationOverview = { readonly recommendation: Recommendation; readonly counts: AssessmentCounts };

/** A recommendation in the catalogue of the tenant, wherever it is open. */
type KnownRecommendation = Pick<Recommendation, 'key' | 'title' | 'severity' | 'policyDefinitionId'> & {
  /** In preview at Microsoft: it does not count in the secure score. */
  readonly preview: boolean;
};

/** Which recommendations a list is about. */
export type StandingsWanted = {
  /** Open: with an unhealthy resource. Exempt: with an exempted one. Either: with one of them. */
  readonly having: 'open' | 'exempt' | 'either';
  /** What the title contains, word by word, in any casing and order; empty: any title. */
  readonly text?: string;
  /** That severity alone: the list has each one beside the others. */
  readonly severity?: Severity | undefined;
  /** Only they count; undefined: all resources. */
  readonly resources?: ResourceFilter | undefined;
  /** Assessment keys in any casing; undefined: all. */
  readonly keys?: readonly string[] | undefined;
  /** Only those that a policy exemption can cover. */
  readonly exemptable?: boolean;
  /** Lists the title that is the text first, then those that contain it in one piece, and only then by how bad they are. */
  readonly closestFirst?: boolean;
};

/** Reads Defender for Cloud. Every method throws GovernanceError unavailable when Azure does not answer. */
export type RecommendationSource = {
  /**
   * A page of the recommendations there, worst first: severity, then those that a policy exemption can cover, then how many
   * resources are unhealthy, then title. Azure sorts, counts and
   * cuts them, because a tenant has thousands of individual ones. A page beyond the end is the last one.
   */
  readonly standings: (
    where: Where,
    wanted: StandingsWanted,
    page?: number,
  ) => Promise<ListPage<RecommendationStanding>>;
  /** One recommendation as seen there; undefined if it has no assessment there. */
  readonly recommendation: (key: string, where: Where) => Promise<Recommendation | undefined>;
  /** The same with its counts, which Azure makes; only the resources that are meant count. */
  readonly overview: (question: AssessmentsMeant) => Promise<RecommendationOverview | undefined>;
  /** Those of some scopes (resource groups or resources) at or below which one of the assessments is. */
  readonly scopesWith: (question: AssessmentsMeant, scopes: readonly string[]) => Promise<string[]>;
  /** Every assessment of one recommendation there, ordered by resource id; with a filter only those of the resources that are meant. */
  readonly assessments: (key: string, where: Where, resources?: ResourceFilter) => Promise<Assessment[]>;
  /**
   * Answers several queries at once: for each, in their order, what `assessments` would return, read live; with few queries to Azure,
   * however many are asked.
   */
  readonly assessmentsOfAll: (questions: readonly AssessmentQuestion[]) => Promise<Assessment[][]>;
  /** A part of the assessments of one status there, ordered by resource id, and how many there are. Only that part is read. */
  readonly ofStatus: (
    question: AssessmentsMeant & { readonly status: 'unhealthy' | 'exempt' },
    part: { readonly skip: number; readonly most: number },
  ) => Promise<AssessmentsFound>;
  /** The recommendations there about resources outside of Azure, which nothing else returns. */
  readonly inOtherClouds: (where: Where) => Promise<CloudRecommendation[]>;
  /** The clouds ("AWS", "GCP") whose resources are assessed there, which no list shows. */
  readonly cloudsLeftOut: (where: Where) => Promise<readonly string[]>;
  /** Every recommendation known in the tenant, for finding the exemptions that belong to one; cached for minutes. */
  readonly catalogue: () => Promise<KnownRecommendation[]>;
};
