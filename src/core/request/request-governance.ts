import type { Approver } from '../governance/approvers.ts';
import type { GovernanceTraceStep } from '../governance/governance.ts';
import type { GovernanceLimits } from '../governance/governance-outcome.ts';
import type { GovernedFacts } from '../governance/governed-facts.ts';

/** The governance rules for a request, fixed when it was sent; later changes of the file do not affect it. */
export type RequestGovernance = {
  /** Number of required approvals; 0: the requester could decide it themselves, and the rules require nobody else. */
  readonly approvals: number;
  /** An approver needs the Azure roles and must be in every list. */
  readonly approvers: readonly (readonly Approver[])[];
  readonly limits: GovernanceLimits;
  readonly trace: readonly GovernanceTraceStep[];
  /** The facts that the rules looked at, for trying other rules on them; undefined for a request from before they were kept. */
  readonly facts?: GovernedFacts & {
    /** By their Azure roles at that time; undefined where it made no difference, so that Azure was not asked. */
    readonly requesterCouldDecide?: boolean;
    /** In characters, because the text itself may be erased. */
    readonly lengths: { readonly justification: number; readonly ticket: number };
  };
  /** The exemption was made outside Exemption Desk: nobody approved it here, and its requester is responsible for it from now on. */
  readonly adopted?: true;
};
