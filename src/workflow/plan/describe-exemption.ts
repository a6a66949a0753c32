import type { Exemption } from '../../core/exemption/exemption.ts';
import { isInitiative } from '../../core/tenant/policy.ts';
import { assignmentOf, bearingOn, type PolicyMap } from './map-policies.ts';

type Described = Pick<Exemption, 'policyAssignmentId' | 'referenceIds'>;

/** What the policies of the tenant say about an exemption. Without a visible assignment: no name of one, and no recommendations. */
export const describeExemption = (map: PolicyMap, exemption: Described) => {
  const assignment = assignmentOf(map, exemption);
  return {
    assignmentName: assignment?.displayName,
    recommendations: bearingOn(map, exemption),
    wholeInitiative: exemption.referenceIds === undefined && isInitiative(assignment?.definitionId ?? ''),
  };
};
