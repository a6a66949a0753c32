import { denialOf, exemptFromAssignment, mayDo, writeExemptions, type Access } from '../access/access.ts';
import { scopeOfExtension } from '../tenant/arm-id.ts';
import type { Target } from './exemption-plan.ts';
import type { Hierarchy } from '../tenant/hierarchy.ts';

/** A right that somebody must have: an action at a scope. */
export type NeededRight = { readonly action: string; readonly scope: string };

/** Two rights for each exemption: to write it at its scope, and to exempt from its assignment where that is made. */
export const rightsFor = (targets: readonly Pick<Target, 'scope' | 'assignmentId'>[]): NeededRight[] =>
  targets.flatMap((target) => [
    { action: writeExemptions, scope: target.scope },
    { action: exemptFromAssignment, scope: scopeOfExtension(target.assignmentId) },
  ]);

/** What the operator may lend for deciding: nothing but the right on assignments, which lie above what an approver looks after. */
export const lendable: readonly string[] = [exemptFromAssignment];

/** Whether somebody holds a right by their roles, or is lent the action; a deny assignment beats both. */
export const holds = (
  access: Access,
  { action, scope }: NeededRight,
  hierarchy: Hierarchy,
  lent: readonly string[],
): boolean =>
  mayDo(access, action, scope, hierarchy) ||
  (lent.includes(action) && denialOf(access, action, scope, hierarchy) === undefined);
