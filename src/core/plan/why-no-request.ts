import { retirementOf } from '../tenant/retired-recommendation.ts';
import type { Recommendation } from '../tenant/recommendation.ts';

/** Why nobody can request an exemption from a recommendation, with the remedy; empty if they can. */
export const whyNoRequest = (
  { key, policyDefinitionId, category }: Pick<Recommendation, 'key' | 'policyDefinitionId' | 'category'>,
  counts: { readonly unhealthy: number; readonly assignments: number },
): string => {
  const retired = retirementOf(key);
  if (retired !== undefined) return retired;
  if (category !== undefined)
    return `You cannot request an exemption here, because this is an individual recommendation of the category ${category}. Microsoft exempts those by category or by CVE, in the Azure portal under Environment settings > Exemption rules.`;
  if (policyDefinitionId === undefined)
    return 'You cannot request an exemption here, because this recommendation is not driven by Azure Policy. In the Azure portal use Environment settings > Exemptions.';
  if (counts.unhealthy === 0) return 'There is nothing to exempt: no resource here is unhealthy.';
  return counts.assignments === 0
    ? 'You cannot request an exemption here, because no policy assignment in force includes this recommendation.'
    : '';
};
