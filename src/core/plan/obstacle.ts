import type { FindingCode } from './overlap-findings.ts';

type ObstacleCode =
  | FindingCode
  | 'already-requested'
  | 'bot-lacks-rights'
  | 'denied-by-governance'
  | 'deny-assignment'
  | 'excluded-scope'
  | 'limit-reached'
  | 'locked'
  | 'managed-elsewhere'
  | 'no-assignment'
  | 'not-checked'
  | 'not-exemptible-by-policy'
  | 'not-enforced'
  | 'not-selected'
  | 'switched-off'
  | 'unread-initiative'
  | 'unsupported';

/** What stands in the way, as a sentence with its remedy. */
export type Obstacle = {
  readonly code: ObstacleCode;
  /** A blocking one leaves nothing to write; `not-checked` says what Azure was asked and did not tell. */
  readonly kind: 'blocking' | 'warning' | 'not-checked';
  readonly sentence: string;
};

export const isBlocking = (obstacle: Obstacle): boolean => obstacle.kind === 'blocking';
