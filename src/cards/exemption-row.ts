import type { Exemption } from '../core/exemption.ts';
import type { Recommendation } from '../core/recommendation.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { Mark } from './wording.ts';

/** An exemption together with what it means. */
export type ExemptionRow = {
  readonly exemption: Exemption;
  /** The recommendations it switches off; empty for one whose assignment is gone. */
  readonly recommendations: readonly Pick<Recommendation, 'key' | 'title' | 'severity'>[];
  readonly wholeInitiative: boolean;
  /** Undefined: the assignment is gone. */
  readonly assignmentName: string | undefined;
  readonly scopeLabel: string;
  readonly state: 'active' | 'expiring' | 'expired' | 'never-expires' | 'orphaned';
  /** Undefined: made outside Exemption Desk. */
  readonly request: ExemptionRequest | undefined;
};

export const stateMarks: Readonly<Record<ExemptionRow['state'], Mark>> = {
  active: { word: 'Active', colour: 'good' },
  expiring: { word: 'Expires soon', colour: 'warning' },
  expired: { word: 'Expired', colour: 'default' },
  'never-expires': { word: 'Never expires', colour: 'warning' },
  orphaned: { word: 'Orphaned', colour: 'attention' },
};
