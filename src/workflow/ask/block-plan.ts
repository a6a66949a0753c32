import type { GovernanceOutcome } from '../../core/governance/governance-outcome.ts';
import type { ExemptionPlan } from '../../core/plan/exemption-plan.ts';
import { fitOnCard, tooManySentence } from '../../core/plan/named-scopes.ts';
import type { Obstacle } from '../../core/plan/obstacle.ts';

const blocked = (plan: ExemptionPlan, code: Obstacle['code'], sentences: readonly string[]): ExemptionPlan => ({
  ...plan,
  targets: [],
  obstacles: [...sentences.map((sentence) => ({ code, kind: 'blocking', sentence }) as const), ...plan.obstacles],
});

/**
 * The plan without anything to write where the rules refuse it, or no card can name all of it. That hides other obstacles, because nothing else needs
 * correcting before it.
 */
export const withBlocks = (
  plan: ExemptionPlan,
  outcome: GovernanceOutcome,
  scopeLabels: readonly string[],
): ExemptionPlan => {
  if (outcome.kind === 'denied') return blocked(plan, 'denied-by-governance', outcome.reasons);
  return fitOnCard(scopeLabels) ? plan : blocked(plan, 'too-many-scopes', [tooManySentence(scopeLabels)]);
};
