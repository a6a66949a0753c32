import type { Recommendation } from '../tenant/recommendation.ts';

/** Why nobody can request an exemption from a recommendation, with the remedy; empty if they can. */
export const whyNoRequest = (
  { policyDefinitionId }: Pick<Recommendation, 'policyDefinitionId'>,
  counts: { readonly unhealthy: number; readonly assignments: number },
): string => {
  if (policyDefinitionId === undefined)
    return 'You cannot request an exemption here, because this recommendation is not driven by Azure Policy. In the Azure portal use Environment settings > Exemptions.';
  if (counts.unhealthy === 0) return 'There is nothing to exempt: no resource here is unhealthy.';
  return counts.assignments === 0
    ? 'You cannot request an exemption here, because no policy assignment in force includes this recommendation.'
    : '';
};
