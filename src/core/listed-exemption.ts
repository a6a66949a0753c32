import type { Exemption } from './exemption.ts';
import type { Recommendation } from './recommendation.ts';
import type { ExemptionRequest } from './request.ts';

export type ExemptionState = 'active' | 'expiring' | 'expired' | 'never-expires' | 'orphaned';

/** An exemption together with what it means for people. */
export type ListedExemption = {
  readonly exemption: Exemption;
  /** The recommendations it switches off; empty for one whose assignment is gone. */
  readonly recommendations: readonly Pick<Recommendation, 'key' | 'title' | 'severity'>[];
  readonly wholeInitiative: boolean;
  /** Undefined: the assignment is gone. */
  readonly assignmentName: string | undefined;
  readonly scopeLabel: string;
  readonly state: ExemptionState;
  /** The request of ours that it was written for; undefined: made outside. */
  readonly request: ExemptionRequest | undefined;
};
