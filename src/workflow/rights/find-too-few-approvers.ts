import { writeExemptions } from '../../core/access/access.ts';
import { sufficiencyOf } from '../../core/access/approver-words.ts';
import { approvalsAt, type ApprovalsAsked } from '../../core/governance/approvals-at.ts';
import { managementGroupId } from '../../core/tenant/arm-id.ts';
import { scopeTitle, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { countWhoCould } from './count-approvers.ts';

/** A scope where the rules ask for more approvals than people could give. */
export type TooFewApprovers = {
  readonly scope: string;
  /** "Subscription shop-prod" */
  readonly title: string;
  readonly asked: ApprovalsAsked;
  readonly people: number;
};

export type ApproverSurvey = {
  readonly scopes: number;
  readonly tooFew: readonly TooFewApprovers[];
  /** At how many scopes nobody can tell, because groups or deny assignments were not read. */
  readonly unknown: number;
};

type Surveying = Pick<Desk, 'hierarchy' | 'approvers' | 'delegateGroups' | 'governance'>;

const scopesOf = ({ managementGroups, subscriptions }: Hierarchy): string[] => [
  ...subscriptions.map(({ id }) => id),
  ...managementGroups.map(({ name }) => managementGroupId(name)),
];

/**
 * Looks at every management group and subscription, by what was read lately. Counts whoever may write exemptions there, which every approval
 * takes, and leaves the assignments aside: where it finds too few, there are too few. For an operator, not for the turn of a person. Undefined:
 * nothing was read lately.
 */
export const findTooFewApprovers = async (desk: Surveying): Promise<ApproverSurvey | undefined> => {
  const hierarchy = await desk.hierarchy();
  const scopes = scopesOf(hierarchy);
  const tooFew: TooFewApprovers[] = [];
  let unknown = 0;
  for (const scope of scopes) {
    const found: TooFewApprovers[] = [];
    let isUnknown = false;
    for (const asked of approvalsAt(desk.governance, scope, hierarchy)) {
      const count = await countWhoCould(desk, [{ action: writeExemptions, scope }], asked.approvers, undefined);
      if (count === undefined) return undefined;
      const sufficiency = sufficiencyOf(count, asked.approvals);
      isUnknown ||= sufficiency === 'unknown';
      if (sufficiency === 'short')
        found.push({ scope, title: scopeTitle(scope, hierarchy), asked, people: count.most });
    }
    const [worst] = found.toSorted((a, b) => b.asked.approvals - b.people - (a.asked.approvals - a.people));
    if (worst !== undefined) tooFew.push(worst);
    else if (isUnknown) unknown += 1;
  }
  return { scopes: scopes.length, tooFew, unknown };
};
