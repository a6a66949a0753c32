import { z } from 'zod';
import type { Denial } from '../../core/access/access.ts';
import { nameOf, normalId } from '../../core/tenant/arm-id.ts';
import type { Person } from '../../core/person.ts';
import { conditionFields, conditionsOf, permissions } from './role-grants.ts';

/** The principal that stands for all. */
export const everybody = '00000000-0000-0000-0000-000000000000';

const principals = z
  .array(z.object({ id: z.string(), type: z.string().nullish() }))
  .nullish()
  .transform((each) => each ?? []);

export const denyAssignmentsVersion = '2022-04-01';

export const denyAssignment = z.object({
  id: z.string(),
  properties: z.object({
    denyAssignmentName: z.string().nullish(),
    permissions,
    scope: z.string(),
    doNotApplyToChildScopes: z.boolean().nullish(),
    principals,
    excludePrincipals: principals,
    ...conditionFields,
  }),
});

export type DenyAssignment = z.infer<typeof denyAssignment>;

const isGroup = (principal: { type?: string | null | undefined }): boolean => principal.type?.toLowerCase() === 'group';

/** Whether the groups of a person are needed to know if these apply to them. */
export const mentionGroups = (found: readonly DenyAssignment[]): boolean =>
  found.some(({ properties }) => [...properties.principals, ...properties.excludePrincipals].some(isGroup));

/** The denials that apply to a person. If their groups are unknown, a denial for a group counts: never more permissions than Azure would give. */
export const denialsFor = (
  person: Person,
  groups: readonly string[] | undefined,
  found: readonly DenyAssignment[],
): Denial[] => {
  const own = new Set([person.objectId, ...(groups ?? [])].map(normalId));
  const isOwn = ({ id }: { id: string }): boolean => own.has(normalId(id));
  return found
    .filter(({ properties }) => !properties.excludePrincipals.some(isOwn))
    .filter(({ properties }) =>
      properties.principals.some(
        (principal) => principal.id === everybody || isOwn(principal) || (groups === undefined && isGroup(principal)),
      ),
    )
    .flatMap(({ id, properties }) =>
      properties.permissions.map((permission) => ({
        scope: properties.scope,
        name: properties.denyAssignmentName ?? nameOf(id),
        ...permission,
        conditions: [...conditionsOf(properties), ...permission.conditions],
        appliesToChildScopes: properties.doNotApplyToChildScopes !== true,
      })),
    );
};
