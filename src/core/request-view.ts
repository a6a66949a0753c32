import type { LedgerEvent } from './ledger.ts';
import type { ExemptionRequest } from './request.ts';
import type { ScoreOutlook } from './score-outlook.ts';

/** A request with everything a card of it shows. */
export type RequestView = {
  readonly request: ExemptionRequest;
  /** One readable name per scope, in the order of the terms. */
  readonly scopeLabels: readonly string[];
  readonly history: readonly LedgerEvent[];
  /** Names of the channels that were asked to decide; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  /** For approvers, while it waits for them; undefined where it is not known, or not for everybody who reads the card. */
  readonly score: ScoreOutlook | undefined;
  readonly timeZone: string;
};
