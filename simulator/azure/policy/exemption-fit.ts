import { lastSegment, normalised, sameId } from '../../tenant/arm-id.ts';
import { effectiveInitiative } from '../../tenant/initiative-versions.ts';
import type { ExemptionProperties, PolicyExemption } from '../../tenant/policy-exemption.ts';
import type { PolicyAssignment, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { invalidExemption } from './exemption-body.ts';

/** Throws 404 if the assignment does not exist (any more). */
const requireAssignment = ({ policyAssignments }: Tenant, id: string): PolicyAssignment => {
  const assignment = policyAssignments.find((candidate) => sameId(candidate.id, id));
  if (assignment !== undefined) return assignment;
  throw new ArmError(404, 'PolicyAssignmentNotFound', `The policy assignment '${lastSegment(id)}' is not found.`);
};

const requireReferences = (
  tenant: Tenant,
  name: string,
  assignment: PolicyAssignment,
  references: readonly string[],
): void => {
  if (references.length === 0) return;
  const initiative = effectiveInitiative(tenant, assignment);
  if (initiative === undefined)
    throw new ArmError(
      400,
      'InvalidPolicyDefinitionReference',
      `The policy exemption '${name}' create request is invalid. The associated policy assignment is an assignment of a policy definition. The policy definition reference is only valid for policy assignments of policy set definitions.`,
    );
  const known = initiative.members.map(({ policyDefinitionReferenceId }) => policyDefinitionReferenceId.toLowerCase());
  const unknown = references.filter((reference) => !known.includes(reference.toLowerCase()));
  if (unknown.length === 0) return;
  throw new ArmError(
    400,
    'InvalidPolicyDefinitionReference',
    `The policy exemption '${name}' create request is invalid. The policy definition reference ids '${unknown.join(', ')}' are not found in the policy set definition '${lastSegment(initiative.id)}'.`,
  );
};

/** Checks the exemption against its assignment, and against the object that is already there. */
export const requireFittingExemption = (
  tenant: Tenant,
  place: { readonly scope: string; readonly name: string },
  properties: ExemptionProperties,
  before: PolicyExemption | undefined,
): void => {
  const { scope, name } = place;
  if (before !== undefined && !sameId(before.properties.policyAssignmentId, properties.policyAssignmentId))
    throw new ArmError(
      400,
      'InvalidUpdatePolicyExemptionRequest',
      `The policy exemption '${name}' update request is invalid. The policy assignment of a policy exemption cannot be changed.`,
    );
  const assignment = requireAssignment(tenant, properties.policyAssignmentId);
  const isInside = tenant.chainOf(scope).includes(normalised(assignment.scope));
  if (!isInside && properties.assignmentScopeValidation !== 'DoNotValidate')
    throw invalidExemption(
      name,
      `The scope '${scope}' is not at or under the scope '${assignment.scope}' of the policy assignment.`,
    );
  requireReferences(tenant, name, assignment, properties.policyDefinitionReferenceIds ?? []);
};
