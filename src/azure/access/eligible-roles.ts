import type { AccessSource } from '../../core/access/access.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { managementGroupId } from '../../core/tenant/arm-id.ts';
import type { Hierarchy, HierarchySource } from '../../core/tenant/hierarchy.ts';
import type { RoleLists } from './role-lists.ts';
import { withTimeLimit } from '../client/time-limit.ts';

/** The most scopes to ask: usually there is one top management group. */
const mostScopes = 20;

/** The highest scopes that Exemption Desk can see. A list at one of them also holds everything below. */
const topScopes = ({ managementGroups, subscriptions }: Hierarchy): string[] => {
  const visible = new Set(managementGroups.map(({ name }) => name.toLowerCase()));
  const isTop = ({ ancestors }: { readonly ancestors: readonly string[] }): boolean =>
    !ancestors.some((name) => visible.has(name.toLowerCase()));
  return [
    ...managementGroups.filter(isTop).map(({ name }) => managementGroupId(name)),
    ...subscriptions.filter(isTop).map(({ id }) => id),
  ];
};

/** Reads from Resource Manager which roles a person could activate anywhere; caches nothing. */
export const createEligibleRoles =
  (
    { grantsAt }: RoleLists,
    hierarchy: HierarchySource['hierarchy'],
    budgetInMs: number,
  ): AccessSource['eligibleRoles'] =>
  (person) =>
    unlessUntold(async () => {
      const scopes = topScopes(await hierarchy());
      if (scopes.length === 0 || scopes.length > mostScopes) return undefined;
      const filter = `assignedTo('${person.objectId}')`;
      return withTimeLimit(budgetInMs, (signal) =>
        grantsAt(
          scopes.map((scope) => ({ scope, below: true })),
          'roleEligibilityScheduleInstances',
          filter,
          signal,
        ),
      );
    }, undefined);
