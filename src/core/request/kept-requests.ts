import { GovernanceError } from '../governance-error.ts';
import type { EffectProgress, ExemptionRequest } from './request.ts';
import type { RequestStatus } from './request-status.ts';

export type RequestStore = {
  /** Throws GovernanceError conflict when the reference is taken. */
  readonly add: (request: ExemptionRequest) => Promise<void>;
  /** The reference in any casing. */
  readonly find: (reference: string) => Promise<ExemptionRequest | undefined>;
  /** Newest first. */
  readonly list: (filter: {
    readonly statuses?: readonly RequestStatus[];
    readonly requesterId?: string;
    /** In any casing. */
    readonly references?: readonly string[];
  }) => Promise<ExemptionRequest[]>;
  /** All in these statuses, in portions, so that the whole never has to fit in memory; in no order that means anything. */
  readonly inPortions: (statuses: readonly RequestStatus[]) => AsyncIterable<ExemptionRequest[]>;
  /** Saves the next version of a request; false when it is no longer at `version - 1`: somebody was faster and nothing was changed. */
  readonly replace: (request: ExemptionRequest) => Promise<boolean>;
  /** Notes how far a request has taken effect; this makes no new version. */
  readonly recordProgress: (reference: string, progress: EffectProgress) => Promise<void>;
};

/** What somebody hears of a request that they may not see: the same as where there is none. */
export const noRequestToSee = (reference: string): GovernanceError =>
  new GovernanceError('not-found', `There is no request ${reference} that you may see here. Say: requests`);
