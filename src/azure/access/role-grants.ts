import { z } from 'zod';
import type { Grant } from '../../core/access/access.ts';
import type { Condition } from '../../core/access/condition.ts';
import { readCondition } from '../../core/access/read-condition.ts';
import { nameOf, scopeKind } from '../../core/tenant/arm-id.ts';
import { everything } from '../../core/tenant/hierarchy.ts';

const text = z.string().nullish();

/** Both fields of a condition, as role assignments, deny assignments and their permissions have them. */
export const conditionFields = { condition: text, conditionVersion: text };

type Conditioned = {
  readonly condition?: string | null | undefined;
  readonly conditionVersion?: string | null | undefined;
};

/** The conditions of something that has one or none. Resource Graph returns an empty text for none. */
export const conditionsOf = ({ condition, conditionVersion }: Conditioned): Condition[] =>
  condition === undefined || condition === null || condition === '' ? [] : [readCondition(condition, conditionVersion)];

/** The fields of an assigned or eligible role; the same from Resource Graph and Resource Manager. */
export const assignedRole = z.object({ scope: z.string(), roleDefinitionId: z.string(), ...conditionFields });
export type AssignedRole = z.infer<typeof assignedRole>;

const permission = z
  .object({
    ...conditionFields,
    actions: z.array(z.string()).nullish(),
    notActions: z.array(z.string()).nullish(),
  })
  .transform(({ actions, notActions, ...condition }) => ({
    actions: actions ?? [],
    notActions: notActions ?? [],
    conditions: conditionsOf(condition),
  }));

export const permissions = z
  .array(permission)
  .nullish()
  .transform((each) => each ?? []);

export type Role = { readonly roleName: string; readonly permissions: z.infer<typeof permissions> };

/** Role definition ids come in two spellings (of the tenant and below a subscription); the GUID at the end identifies the role. */
export const roleGuid = (roleDefinitionId: string): string => nameOf(roleDefinitionId).toLowerCase();

const isKnownScope = (scope: string): boolean => {
  if (scope === everything) return true;
  try {
    scopeKind(scope);
    return true;
  } catch {
    return false;
  }
};

/**
 * The grants of the assigned roles: one for each permission of a role, because notActions cut only the actions next to them. A role with an
 * unknown definition grants nothing, nor does one at a scope outside the hierarchy (billing, for instance).
 */
export const grantsOf = (assigned: readonly AssignedRole[], roles: ReadonlyMap<string, Role>): Grant[] =>
  assigned
    .filter(({ scope }) => isKnownScope(scope))
    .flatMap(({ scope, roleDefinitionId, ...assignment }) => {
      const role = roles.get(roleGuid(roleDefinitionId));
      const conditions = conditionsOf(assignment);
      return (role?.permissions ?? []).map((each) => ({
        scope,
        roleName: role?.roleName ?? '',
        ...each,
        conditions: [...conditions, ...each.conditions],
      }));
    });
