import { lastSegment, normalised, sameId, subscriptionIdOf } from '../../tenant/arm-id.ts';
import type { ExemptionProperties } from '../../tenant/policy-exemption.ts';
import type { PolicyAssignment, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';

const denies = ({ deniesExemptions }: PolicyAssignment, { policyAssignmentId }: ExemptionProperties): boolean =>
  deniesExemptions === 'all' || (deniesExemptions ?? []).some((id) => sameId(id, policyAssignmentId));

/** Azure Policy evaluates exemptions like any other resource, but nothing that lies at a management group. */
export const requireNoDenyPolicy = (
  tenant: Tenant,
  { scope, name }: { readonly scope: string; readonly name: string },
  properties: ExemptionProperties,
): void => {
  if (subscriptionIdOf(scope) === '') return;
  const chain = tenant.chainOf(scope);
  const inForce = tenant.policyAssignments.filter(
    (one) =>
      one.enforcementMode !== 'DoNotEnforce' &&
      chain.includes(normalised(one.scope)) &&
      !one.notScopes.some((out) => chain.includes(normalised(out))) &&
      denies(one, properties),
  );
  if (inForce.length === 0) return;
  const definitionOf = (one: PolicyAssignment) =>
    tenant.policyDefinitions.find(({ id }) => sameId(id, one.policyDefinitionId));
  const identifiers = inForce.map((one) => ({
    policyAssignment: { name: one.displayName, id: one.id },
    policyDefinition: { name: definitionOf(one)?.displayName, id: one.policyDefinitionId },
  }));
  throw new ArmError(
    403,
    'RequestDisallowedByPolicy',
    `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
    {
      additionalInfo: inForce.map((one) => ({
        type: 'PolicyViolation',
        info: {
          policyDefinitionDisplayName: definitionOf(one)?.displayName,
          policyDefinitionId: one.policyDefinitionId,
          policyDefinitionName: lastSegment(one.policyDefinitionId),
          policyDefinitionEffect: 'deny',
          policyAssignmentId: one.id,
          policyAssignmentName: one.name,
          policyAssignmentDisplayName: one.displayName,
          policyAssignmentScope: one.scope,
          policyAssignmentParameters: {},
          policyExemptionIds: [],
        },
      })),
    },
  );
};
