import { normalised, sameId } from './arm-id.ts';
import type { PolicyAssignment, Tenant } from './tenant.ts';

/** An assignment that holds a policy definition; no reference ids where it assigns the definition itself. */
export type Holder = { readonly assignment: PolicyAssignment; readonly referenceIds: readonly string[] };

type PolicyOfTenant = Pick<Tenant, 'policyAssignments' | 'initiatives' | 'chainOf'>;

/** The assignments in force on a scope: made there or above, and not excluded by one of their notScopes. */
export const assignmentsInForce = (tenant: PolicyOfTenant, scope: string): readonly PolicyAssignment[] => {
  const chain = new Set(tenant.chainOf(scope));
  return tenant.policyAssignments.filter(
    (assignment) =>
      chain.has(normalised(assignment.scope)) &&
      !assignment.notScopes.some((excluded) => chain.has(normalised(excluded))),
  );
};

/** Undefined when the assignment does not hold the definition. */
const holderOf = (
  { initiatives }: Pick<Tenant, 'initiatives'>,
  assignment: PolicyAssignment,
  policyDefinitionId: string,
): Holder | undefined => {
  if (sameId(assignment.policyDefinitionId, policyDefinitionId)) return { assignment, referenceIds: [] };
  const referenceIds = initiatives
    .filter(({ id }) => sameId(id, assignment.policyDefinitionId))
    .flatMap(({ members }) => members)
    .filter((member) => sameId(member.policyDefinitionId, policyDefinitionId))
    .map(({ policyDefinitionReferenceId }) => policyDefinitionReferenceId);
  return referenceIds.length === 0 ? undefined : { assignment, referenceIds };
};

/** Answers like holderOf for many scopes; what it knows about an assignment is looked up once. */
export const createHolderLookup = (tenant: PolicyOfTenant) => {
  const known = new Map<PolicyAssignment, Map<string, Holder | undefined>>();
  const lookUp = (assignment: PolicyAssignment, policyDefinitionId: string): Holder | undefined => {
    const ofAssignment = known.get(assignment) ?? new Map<string, Holder | undefined>();
    known.set(assignment, ofAssignment);
    if (!ofAssignment.has(policyDefinitionId))
      ofAssignment.set(policyDefinitionId, holderOf(tenant, assignment, policyDefinitionId));
    return ofAssignment.get(policyDefinitionId);
  };
  return (assignments: readonly PolicyAssignment[], policyDefinitionId: string | undefined): readonly Holder[] =>
    policyDefinitionId === undefined
      ? []
      : assignments
          .map((assignment) => lookUp(assignment, policyDefinitionId))
          .filter((holder) => holder !== undefined);
};

/** The assignments in force on a scope that hold a policy definition. */
export const holdersInForce = (tenant: PolicyOfTenant, scope: string, policyDefinitionId: string): readonly Holder[] =>
  createHolderLookup(tenant)(assignmentsInForce(tenant, scope), policyDefinitionId);
