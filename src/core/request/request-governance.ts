import type { Approver } from '../governance/approvers.ts';
import type { GovernanceTraceStep } from '../governance/governance.ts';
import type { GovernanceLimits } from '../governance/governance-outcome.ts';
import type { GovernedFacts } from '../governance/governed-facts.ts';

/** What the governance file asked of a request when it was sent; later changes of the file do not touch it. */
export type RequestGovernance = {
  /** How many people must approve; 0: the requester could decide it themselves and the rules ask for nobody else. */
  readonly approvals: number;
  /** An approver needs the Azure roles and a place in every list. */
  readonly approvers: readonly (readonly Approver[])[];
  readonly limits: GovernanceLimits;
  readonly trace: readonly GovernanceTraceStep[];
  /** What the rules looked at, for trying others on it; undefined for a request from before it was kept. */
  readonly facts?: GovernedFacts & {
    /** By their Azure roles then; undefined where it made no difference, so that Azure was not asked. */
    readonly requesterCouldDecide?: boolean;
    /** In characters: the words themselves can be erased. */
    readonly lengths: { readonly justification: number; readonly ticket: number };
  };
  /** It was made outside Exemption Desk: nobody approved it here, its requester only answers for it from now on. */
  readonly adopted?: true;
};
