import { countApprovers, type Principals } from '../../core/access/approver-count.ts';
import { approverWarning } from '../../core/access/approver-words.ts';
import type { Approver } from '../../core/governance/approvers.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { lendable, rightsFor, type NeededRight } from '../../core/plan/exemption-rights.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';

type Counting = Pick<Desk, 'approvers' | 'delegateGroups'>;

const principalsIn = (list: readonly Approver[]): Principals => {
  const idsOf = (kind: Approver['kind']): string[] => list.filter((each) => each.kind === kind).map(({ id }) => id);
  return { people: idsOf('person'), groups: idsOf('group') };
};

/**
 * How many people other than the asker hold some rights and are in some lists, as it was read within the last hours; undefined if nothing was.
 * Asks neither Azure nor Microsoft Graph, and decides nothing.
 */
export const countWhoCould = async (
  { approvers, delegateGroups }: Counting,
  rights: readonly NeededRight[],
  lists: readonly (readonly Approver[])[],
  asker: Pick<Person, 'objectId'> | undefined,
) => {
  const lent = { actions: lendable, groups: delegateGroups };
  const facts = await approvers.factsFor({ rights, lent, named: lists.map(principalsIn) });
  return facts && { ...countApprovers(facts, asker?.objectId), unread: facts.unread };
};

/** What the asker is told before a request is sent, if too few others could approve it, or if nobody can tell for several approvals. */
export const warnOfApprovers = async (
  desk: Counting,
  asker: Pick<Person, 'objectId'>,
  targets: readonly Pick<Target, 'scope' | 'assignmentId'>[],
  { approvals, approvers }: { readonly approvals: number; readonly approvers: readonly (readonly Approver[])[] },
): Promise<ReturnType<typeof approverWarning>> => {
  if (approvals === 0 || targets.length === 0) return undefined;
  const count = await countWhoCould(desk, rightsFor(targets), approvers, asker);
  return count && approverWarning(count, { needed: approvals, unread: count.unread, isNarrowed: approvers.length > 0 });
};
