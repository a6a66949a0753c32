import type { ExemptionPlan } from '../../core/plan/exemption-plan.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Terms } from '../../core/request/terms.ts';
import { changesNothing } from '../../core/request/terms-change.ts';

/** A change voids the approvals given so far; one that changes nothing would do only that. */
export const comparedWith = (
  before: ExemptionRequest | undefined,
  { terms, plan }: { readonly terms: Terms; readonly plan: ExemptionPlan },
): ExemptionPlan => {
  if (before === undefined || before.status === 'expired') return plan;
  if (!changesNothing(before, { terms, targets: plan.targets })) {
    if (before.status !== 'pending' || before.approvals.length === 0) return plan;
    const names = before.approvals.map(({ by }) => by.name).join(' and ');
    const sentence = `Once you send this, what ${names} approved no longer counts.`;
    return { ...plan, obstacles: [{ code: 'voids-approvals', kind: 'warning', sentence }, ...plan.obstacles] };
  }
  const sentence =
    before.status === 'pending'
      ? `Nothing is changed: ${before.reference} asks for exactly this already. It stays as it is, and approvals given so far count.`
      : `Nothing is changed: ${before.reference}, which is in force, says exactly this already. Change the expiry or something else.`;
  return {
    ...plan,
    targets: [],
    obstacles: [{ code: 'nothing-changed', kind: 'blocking', sentence }, ...plan.obstacles],
  };
};
