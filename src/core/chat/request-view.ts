import type { LedgerEvent } from '../ledger/ledger.ts';
import type { ExemptionRequest } from '../request/request.ts';
import type { ScoreOutlook } from '../score/secure-score.ts';

/** A request with everything a card of it shows. */
export type RequestView = {
  readonly request: ExemptionRequest;
  /** One readable name per scope, in the order of the terms. */
  readonly scopeLabels: readonly string[];
  readonly history: readonly LedgerEvent[];
  /** Where approvers were asked to decide, in words; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  /** For approvers, while it waits for them; undefined where it is not known, or not for everybody who reads the card. */
  readonly score: ScoreOutlook | undefined;
  /** For approvers, while it waits for them: what else stands there or in the way, by Azure's state of this moment. */
  readonly warnings: readonly string[];
  /** What an approver may narrow it to, while it waits; one readable name for each. */
  readonly narrower: readonly { readonly id: string; readonly label: string }[];
  readonly timeZone: string;
};
