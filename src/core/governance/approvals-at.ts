import type { Hierarchy } from '../tenant/hierarchy.ts';
import type { Approver, Approvers } from './approvers.ts';
import { overlap } from './governance-scope.ts';
import { settingsWith, type GovernanceConditions, type GovernanceRules } from './governance-rules.ts';

/** What a rule asks for requests of a scope; `rule` is undefined for the defaults. */
export type ApprovalsAsked = {
  readonly rule: string | undefined;
  readonly approvals: number;
  readonly approvers: readonly (readonly Approver[])[];
};

const lists = (approvers: Approvers): readonly (readonly Approver[])[] =>
  approvers === 'azure-roles' ? [] : [approvers];

const hasMoreConditions = ({ scope: _, ...others }: GovernanceConditions): boolean =>
  Object.values(others).some((each) => each !== undefined);

/**
 * How many approvals the rules may ask for a request of a whole scope, and of whom: of each rule that certainly is about the scope, up to the
 * first that decides every request there. Leaves out what depends on the number of resources. Pure.
 */
export const approvalsAt = (
  { rules, defaults }: GovernanceRules,
  scope: string,
  hierarchy: Hierarchy,
): ApprovalsAsked[] => {
  const asked: ApprovalsAsked[] = [];
  const askedBy = (rule: string | undefined, settings: typeof defaults): ApprovalsAsked => ({
    rule,
    // None only where the requester could decide; somebody else needs as many as usual.
    approvals: settings.approvals === 0 ? Math.max(1, defaults.approvals) : settings.approvals,
    approvers: lists(settings.approvers),
  });
  for (const { name, when, then } of rules) {
    const isThere =
      when.scope === undefined ||
      when.scope.some((reference) => {
        const { places, unsure } = overlap(scope, reference, hierarchy);
        return !unsure && places.includes(scope);
      });
    if (!isThere) continue;
    if (!('deny' in then)) asked.push(askedBy(name, settingsWith(then, defaults)));
    if (!hasMoreConditions(when)) return asked;
  }
  return [...asked, askedBy(undefined, defaults)];
};

/** The groups that the rules name as approvers. */
export const groupsNamed = ({ rules, defaults }: GovernanceRules): string[] => {
  const all = [defaults.approvers, ...rules.flatMap(({ then }) => ('deny' in then ? [] : [then.approvers]))];
  const named = all.flatMap((each) => (each === undefined || each === 'azure-roles' ? [] : each));
  return [...new Set(named.flatMap(({ kind, id }) => (kind === 'group' ? [id] : [])))];
};
