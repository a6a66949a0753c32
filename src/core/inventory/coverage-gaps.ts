import { resourceTypeOf, sameId } from '../tenant/arm-id.ts';
import { isSwitchedOff } from '../tenant/assignment-references.ts';
import { planExemptions, type PlanInput, type Target } from '../plan/exemption-plan.ts';
import type { ExemptionRequest } from '../request/request.ts';
import type { PolicyAssignment } from '../tenant/policy.ts';
import { selects } from '../tenant/resource-selector.ts';

export type GapInput = Omit<PlanInput, 'scope' | 'recommendation'> & {
  /** The policy definition behind the recommendation of the request. */
  readonly policyDefinitionId: string;
};

/** Whether an assignment certainly evaluates there. Scopes that its selectors may leave out, or that it has switched off, bring nothing back. */
const surelyEvaluates = (assignment: PolicyAssignment, scope: string, input: GapInput): boolean =>
  !isSwitchedOff(assignment, input.policyDefinitionId, input.initiatives) &&
  selects(assignment.resourceSelectors, {
    resourceType: resourceTypeOf(scope),
    location: input.location,
    referenceId: undefined,
  }) === 'yes';

/**
 * The coverage gaps of a written request today: assignments that include its recommendation at its scopes, did not exist when it was
 * approved and are not covered by another exemption. Assignments that were left out knowingly are no gap. Pure.
 */
export const gapsOf = (request: Pick<ExemptionRequest, 'terms' | 'targets' | 'leftOut'>, input: GapInput): Target[] => {
  const { terms, targets, leftOut } = request;
  const recommendation = { title: terms.recommendation.title, policyDefinitionId: input.policyDefinitionId };
  const assignments = input.assignments.filter(
    ({ id, displayName }) =>
      !targets.some((target) => sameId(target.assignmentId, id)) && !leftOut.includes(displayName),
  );
  const planned = terms.scopes.flatMap(
    (scope) => planExemptions({ ...input, recommendation, scope, assignments }).targets,
  );
  return planned.filter(({ scope, assignmentId }) => {
    const assignment = assignments.find(({ id }) => sameId(id, assignmentId));
    return assignment !== undefined && surelyEvaluates(assignment, scope, input);
  });
};
