import type { ExemptionGateway } from '../exemption/exemption.ts';
import type { HierarchySource } from '../tenant/hierarchy.ts';
import type { PolicySource } from '../tenant/policy.ts';
import type { RecommendationSource } from '../tenant/recommendation.ts';

/** Everything in Azure that a plan is made from. */
export type PlanSources = HierarchySource & {
  readonly recommendations: RecommendationSource;
  readonly policies: PolicySource;
  readonly exemptions: Pick<ExemptionGateway, 'near'>;
};

/**
 * Sources that know nothing of what was read before: for one decision, which must not lean on the caches of lists. Their catalogue has no
 * individual recommendations, which no policy exemption reaches.
 */
export type AskAfresh = { readonly askAfresh: () => PlanSources };
