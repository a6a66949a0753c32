import type { FindingCode } from './overlap-findings.ts';

type ObstacleCode =
  | FindingCode
  | 'already-requested'
  | 'bot-lacks-rights'
  | 'denied-by-governance'
  | 'deny-assignment'
  | 'excluded-scope'
  | 'hidden-members'
  | 'limit-reached'
  | 'locked'
  | 'managed-elsewhere'
  | 'no-assignment'
  | 'not-checked'
  | 'not-exemptible-by-policy'
  | 'not-enforced'
  | 'not-selected'
  | 'nothing-changed'
  | 'references-gone'
  | 'scope-gone'
  | 'subscription-state'
  | 'switched-off'
  | 'too-many-scopes'
  | 'unread-initiative'
  | 'unsupported'
  | 'voids-approvals';

/** A finding about a plan, as a sentence with its remedy. */
export type Obstacle = {
  readonly code: ObstacleCode;
  /** `blocking`: nothing can be written. `not-checked`: Azure was asked and did not say. */
  readonly kind: 'blocking' | 'warning' | 'not-checked';
  readonly sentence: string;
};

export const isBlocking = (obstacle: Obstacle): boolean => obstacle.kind === 'blocking';
