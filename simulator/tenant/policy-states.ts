import type { ExemptionIndex } from './exemptions-in-force.ts';
import type { AssessedResource, Standing } from './standings.ts';
import type { PolicyAssignment } from './tenant.ts';

type Compliance = 'Compliant' | 'NonCompliant';

/** The state of one policy of one assignment on one resource. */
export type PolicyState = {
  readonly resource: AssessedResource;
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
export function* policyStatesOf(standings: Iterable<Standing>, exemptions: ExemptionIndex): Generator<PolicyState> {
  for (const { resource, holders, recommendation, unhealthy } of standings) {
    const compliance: Compliance = unhealthy ? 'NonCompliant' : 'Compliant';
    for (const holder of holders) {
      if (holder.disabled) continue;
      for (const referenceId of holder.referenceIds.length === 0 ? [undefined] : holder.referenceIds) {
        const one = holder.referenceIds.length <= 1 ? holder : { ...holder, referenceIds: [referenceId ?? ''] };
        const exemptionIds = exemptions.covering(one, resource).map(({ id }) => id);
        const isExempt = exemptionIds.length > 0;
        yield {
          resource,
          assignment: holder.assignment,
          policyDefinitionId: recommendation.policyDefinitionId ?? '',
          referenceId,
          complianceState: isExempt ? 'Exempt' : compliance,
          complianceSubState: isExempt ? compliance : undefined,
          exemptionIds,
        };
      }
    }
  }
}
