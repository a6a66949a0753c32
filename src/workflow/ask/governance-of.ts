import { factsToKeep } from '../../core/governance/governed-facts.ts';
import type { ExemptionPlan } from '../../core/plan/exemption-plan.ts';
import type { Person } from '../../core/person.ts';
import type { RequestGovernance } from '../../core/request/request-governance.ts';
import type { Terms } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';
import { approvalsFor, type governRequest } from '../plan/govern-request.ts';

/** The rules for a request of somebody, as they are kept with it; undefined where they refuse it. */
export const governanceOf = async (
  desk: Desk,
  person: Person,
  plan: ExemptionPlan,
  { justification, ticket }: Terms,
  { outcome, trace, facts }: Awaited<ReturnType<typeof governRequest>>,
): Promise<RequestGovernance | undefined> => {
  if (outcome.kind === 'denied') return undefined;
  const { limits, approvers } = outcome;
  const { approvals, ...live } = await approvalsFor(desk, person, plan.targets, outcome);
  const lengths = { justification: justification.length, ticket: ticket.length };
  return {
    approvals,
    approvers,
    limits,
    trace,
    facts: { ...factsToKeep(desk.governance, facts), ...live, lengths },
  };
};
