import type { Approver } from '../governance/approvers.ts';
import type { GovernanceTraceStep } from '../governance/governance.ts';
import type { GovernanceLimits } from '../governance/governance-outcome.ts';
import type { GovernedFacts } from '../governance/governed-facts.ts';
import { isWide } from '../plan/width.ts';

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
  /** An approver left out scopes since it was sent: how many resources the others hit was not counted. */
  readonly scopesReduced?: true;
  /** The exemption was made outside Exemption Desk: nobody approved it here, and its requester is responsible for it from now on. */
  readonly adopted?: true;
};

type Governed = { readonly governance: RequestGovernance };

/** The resources that a request hit when it was sent; undefined if they were not counted, or an approver has since left out a part of them. */
export const hitOf = ({ governance }: Governed): RequestGovernance['facts'] =>
  governance.scopesReduced === true ? undefined : governance.facts;

/** Whether a request is wide, by its scopes and by what it hit when it was sent. */
export const isWideRequest = (
  request: Governed & { readonly terms: { readonly scopes: readonly string[] } },
): boolean => isWide(request.terms.scopes, hitOf(request)?.affectedResources);
