import { denialOf, exemptFromAssignment, mayDo, writeExemptions, type Access } from '../access/access.ts';
import { scopeOfExtension } from '../tenant/arm-id.ts';
import type { Target } from './exemption-plan.ts';
import type { Hierarchy } from '../tenant/hierarchy.ts';

/** A required permission: an action at a scope. */
export type NeededRight = { readonly action: string; readonly scope: string };

/** The two permissions that each exemption requires: to write it at its scope, and to exempt from its assignment at the scope of the assignment. */
export const rightsFor = (targets: readonly Pick<Target, 'scope' | 'assignmentId'>[]): NeededRight[] =>
  targets.flatMap((target) => [
    { action: writeExemptions, scope: target.scope },
    { action: exemptFromAssignment, scope: scopeOfExtension(target.assignmentId) },
  ]);

/** The permissions that the operator may delegate for decisions: only the one on assignments, which lie above the scopes that an approver looks after. */
export const lendable: readonly string[] = [exemptFromAssignment];

/** Whether somebody has a permission by their roles or by delegation; a deny assignment overrides both. */
export const holds = (
  access: Access,
  { action, scope }: NeededRight,
  hierarchy: Hierarchy,
  lent: readonly string[],
): boolean =>
  mayDo(access, action, scope, hierarchy) ||
  (lent.includes(action) && denialOf(access, action, scope, hierarchy) === undefined);
