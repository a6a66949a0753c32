import { exemptFromAssignment, readAssessments, scopesAllowing, writeExemptions, type Access } from './access.ts';
import { holdsAnywhere } from './why-empty.ts';
import { subscriptionOf } from '../tenant/arm-id.ts';
import type { Hierarchy } from '../tenant/hierarchy.ts';

/**
 * What somebody is to Exemption Desk by their Azure roles. approver: they could write exemptions somewhere. team member: they look after resources.
 * auditor: they only read, a whole subscription or more. nobody: no role shows them a recommendation. unknown: not all roles could be read.
 */
export type PartPlayed = 'team member' | 'approver' | 'auditor' | 'nobody' | 'unknown';

/** Every role that looks after resources of some kind may deploy them; roles that only read may not. */
const deployResources = 'Microsoft.Resources/deployments/write';

/** Whether a scope is a subscription or above one. */
const isWhole = (scope: string): boolean => {
  const subscription = subscriptionOf(scope);
  return subscription === undefined || subscription.length === scope.length;
};

/** The part that somebody plays, as far as their roles say. `isDelegated`: a group may lend what is needed on policy assignments. Pure. */
export const partPlayed = (access: Access, hierarchy: Hierarchy, isDelegated: boolean): PartPlayed => {
  const holdsSome = (action: string): boolean => holdsAnywhere(access, action, hierarchy);
  const reads = scopesAllowing(access, readAssessments, hierarchy);
  if (reads.length === 0 && (access.unread !== undefined || hierarchy.subscriptions.length === 0)) return 'unknown';
  if (reads.length === 0) return 'nobody';
  if (holdsSome(writeExemptions) && (isDelegated || holdsSome(exemptFromAssignment))) return 'approver';
  if (holdsSome(deployResources)) return 'team member';
  return reads.some(isWhole) ? 'auditor' : 'team member';
};
