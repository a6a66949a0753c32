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

/** Whether an assignment surely evaluates there: what its selectors may leave out, or what it has switched off, brings nothing back. */
const surelyEvaluates = (assignment: PolicyAssignment, scope: string, input: GapInput): boolean =>
  !isSwitchedOff(assignment, input.policyDefinitionId, input.initiatives) &&
  selects(assignment.resourceSelectors, {
    resourceType: resourceTypeOf(scope),
    location: input.location,
    referenceId: undefined,
  }) === 'yes';

/**
 * What a request that was written leaves uncovered today: assignments that hold its recommendation at its scopes, were not there when it was approved
 * and are covered by no other exemption. What was left out knowingly is no gap. Pure.
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
