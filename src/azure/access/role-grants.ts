import { z } from 'zod';
import type { Grant } from '../../core/access/access.ts';
import { nameOf, scopeKind } from '../../core/tenant/arm-id.ts';
import { everything } from '../../core/tenant/hierarchy.ts';

const text = z.string().nullish();

/** The fields of an assigned or eligible role; the same from Resource Graph and Resource Manager. */
export const assignedRole = z.object({ scope: z.string(), roleDefinitionId: z.string(), condition: text });

export const permissions = z
  .array(
    z.object({
      actions: z
        .array(z.string())
        .nullish()
        .transform((actions) => actions ?? []),
      notActions: z
        .array(z.string())
        .nullish()
        .transform((actions) => actions ?? []),
    }),
  )
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
export const grantsOf = (
  assigned: readonly z.infer<typeof assignedRole>[],
  roles: ReadonlyMap<string, Role>,
): Grant[] =>
  assigned
    .filter(({ scope }) => isKnownScope(scope))
    .flatMap(({ scope, roleDefinitionId, condition }) => {
      const role = roles.get(roleGuid(roleDefinitionId));
      return (role?.permissions ?? []).map((permission) => ({
        scope,
        roleName: role?.roleName ?? '',
        ...permission,
        conditional: condition !== undefined && condition !== null && condition !== '',
      }));
    });
