import { normalId, resourceTypeOf } from '../../core/tenant/arm-id.ts';
import type { ExemptionPlan } from '../../core/plan/exemption-plan.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { GovernanceFacts } from '../../core/governance/governance-match.ts';
import type { ApprovalsNeeded, GovernanceOutcome } from '../../core/governance/governance-outcome.ts';
import { evaluate, type GovernanceDecision } from '../../core/governance/governance.ts';
import { queryScopes } from '../../core/tenant/scope-sets.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessApprover } from '../rights/may-decide.ts';

export type Allowed = Extract<GovernanceOutcome, { kind: 'allowed' }>;

const typeOf = (resourceId: string): string => resourceTypeOf(resourceId) ?? 'Microsoft.Resources/subscriptions';

const distinctIds = (ids: readonly string[]): number => new Set(ids.map(normalId)).size;

/** The facts for the rules, of everything that Exemption Desk sees: a requester who sees less must not gain by it. */
export const factsFor = async (
  desk: Desk,
  asked: Pick<GovernanceFacts, 'recommendation' | 'scopes' | 'firstLasted'>,
): Promise<Omit<GovernanceFacts, 'category'>> => {
  const hierarchy = await desk.hierarchy();
  const where = queryScopes(asked.scopes, hierarchy);
  const assessments = await desk.recommendations.assessments(asked.recommendation.key, where);
  const applicable = assessments.filter(({ status }) => status !== 'not-applicable');
  const affected = applicable.map((each) => each.resourceId);
  const unhealthy = applicable.filter(({ status }) => status === 'unhealthy').map((each) => each.resourceId);
  const { key, title, severity } = asked.recommendation;
  return {
    recommendation: { key, title, severity },
    scopes: asked.scopes,
    resourceTypes: [...new Set(affected.map(typeOf))],
    affectedResources: distinctIds(affected),
    unhealthyResources: distinctIds(unhealthy),
    firstLasted: asked.firstLasted,
    hierarchy,
  };
};

/** Evaluates the governance file for a request. */
export const governRequest = async (
  desk: Desk,
  asked: Pick<GovernanceFacts, 'recommendation' | 'category' | 'reason' | 'scopes' | 'firstLasted'>,
): Promise<GovernanceDecision & { readonly facts: GovernanceFacts }> => {
  const facts = { ...(await factsFor(desk, asked)), category: asked.category, reason: asked.reason };
  return { ...evaluate(desk.governance, facts), facts };
};

/** Whether somebody could decide such a request of somebody else; read live from Azure, and only where the answer matters. */
const couldDecide = async (
  desk: Desk,
  person: Person,
  targets: ExemptionPlan['targets'],
  approvers: Allowed['approvers'],
): Promise<boolean> => {
  if (targets.length === 0) return false;
  try {
    await refuseUnlessApprover(desk, person, { reference: 'this request', targets, governance: { approvers } });
    return true;
  } catch (error) {
    if (!isRefusal(error, 'forbidden')) throw error;
    return false;
  }
};

/**
 * The number of approvals that a request of this person needs, and whether they could decide it, if that was asked. Throws GovernanceError
 * unavailable if Azure does not say what they may do.
 */
export const approvalsFor = async (
  desk: Desk,
  person: Person,
  targets: ExemptionPlan['targets'],
  { approvals, approvers }: { readonly approvals: ApprovalsNeeded; readonly approvers: Allowed['approvers'] },
): Promise<{ readonly approvals: number; readonly requesterCouldDecide?: boolean }> => {
  if (approvals.ifRequesterCouldDecide >= approvals.otherwise) return { approvals: approvals.otherwise };
  const requesterCouldDecide = person.isGuest !== true && (await couldDecide(desk, person, targets, approvers));
  return {
    approvals: requesterCouldDecide ? approvals.ifRequesterCouldDecide : approvals.otherwise,
    requesterCouldDecide,
  };
};
