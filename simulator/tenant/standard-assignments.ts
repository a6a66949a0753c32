import { extensionId, normalised } from './arm-id.ts';
import type { Recommendation, StandardAssignment } from './tenant.ts';

export const standardAssignmentType = 'Microsoft.Security/standardAssignments';

export const standardAssignmentId = ({ scope, name }: Pick<StandardAssignment, 'scope' | 'name'>): string =>
  extensionId(scope, standardAssignmentType, name);

/** Exemptions of this recommendation, made in Defender, in force on something with this chain of scopes. */
export const defenderExemptionsOn = (
  assignments: readonly StandardAssignment[],
  { assessmentKey, policyDefinitionId }: Recommendation,
  chain: readonly string[],
  now: Date,
): readonly StandardAssignment[] => {
  if (policyDefinitionId !== undefined) return [];
  return assignments.filter(
    ({ scope, properties: { effect, expiresOn, excludedScopes = [], exemptionData } }) =>
      effect === 'Exempt' &&
      exemptionData?.assignedAssessment.assessmentKey === assessmentKey &&
      (expiresOn === undefined || Date.parse(expiresOn) > now.getTime()) &&
      chain.includes(normalised(scope)) &&
      !excludedScopes.some((excluded) => chain.includes(normalised(excluded))),
  );
};
