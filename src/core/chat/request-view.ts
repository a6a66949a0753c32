import type { LedgerEvent } from '../ledger/ledger.ts';
import type { ExemptionRequest } from '../request/request.ts';
import type { ScoreOutlook } from '../score/secure-score.ts';

/** A request with everything that its cards show. */
export type RequestView = {
  readonly request: ExemptionRequest;
  /** One readable name per scope, in the order of the terms. */
  readonly scopeLabels: readonly string[];
  readonly history: readonly LedgerEvent[];
  /** Where approvers were asked, in words; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  /** For approvers, while it waits for them. Undefined if unknown, or if not everybody who reads the card may see it. */
  readonly score: ScoreOutlook | undefined;
  /** For approvers, while it waits for them: other exemptions and obstacles, from the current state of Azure. */
  readonly warnings: readonly string[];
  /** Scopes to which an approver may narrow it while it waits, each with its token and a readable name. */
  readonly narrower: readonly { readonly token: string; readonly label: string }[];
  readonly timeZone: string;
};
