import type { ExemptionIndex } from './exemptions-in-force.ts';
import type { AssessedResource, Standing } from './standings.ts';
import type { PolicyAssignment } from './tenant.ts';

type Compliance = 'Compliant' | 'NonCompliant';

/** The state of one policy of one assignment on one resource. */
export type PolicyState = {
  readonly resource: AssessedResource;
  readonly chain: readonly string[];
  readonly assignment: PolicyAssignment;
  readonly policyDefinitionId: string;
  /** Undefined if the assignment assigns the definition itself. */
  readonly referenceId: string | undefined;
  readonly complianceState: Compliance | 'Exempt';
  /** The state without the exemption; undefined if there is none. */
  readonly complianceSubState: Compliance | undefined;
  readonly exemptionIds: readonly string[];
};

/** The states of the policies behind recommendations; other policies of an initiative have no states in this tenant. */
export const policyStatesOf = (standings: readonly Standing[], exemptions: ExemptionIndex): readonly PolicyState[] =>
  standings.flatMap(({ resource, chain, holders, recommendation: { policyDefinitionId = '' }, unhealthy }) =>
    holders
      .filter(({ disabled }) => !disabled)
      .flatMap((holder) => {
        const references = holder.referenceIds.length === 0 ? [undefined] : holder.referenceIds;
        return references.map((referenceId) => {
          const one = { ...holder, referenceIds: referenceId === undefined ? [] : [referenceId] };
          const exemptionIds = exemptions.covering(one, chain, resource).map(({ id }) => id);
          const compliance: Compliance = unhealthy ? 'NonCompliant' : 'Compliant';
          const isExempt = exemptionIds.length > 0;
          return {
            resource,
            chain,
            assignment: holder.assignment,
            policyDefinitionId,
            referenceId,
            complianceState: isExempt ? ('Exempt' as const) : compliance,
            complianceSubState: isExempt ? compliance : undefined,
            exemptionIds,
          };
        });
      }),
  );
