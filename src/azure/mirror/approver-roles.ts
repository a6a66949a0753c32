import { z } from 'zod';
import { exemptFromAssignment, grants, writeExemptions } from '../../core/access/access.ts';
import { inPieces } from '../../core/in-turn.ts';
import type { MirrorRow } from '../../core/mirror/mirror.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import { alsoInherited, roleRow, rolesFrom } from '../access/reading-access.ts';
import { assignedRole, grantsOf, type Role } from '../access/role-grants.ts';
import { always, fill, matchesPattern, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';

/** The Azure actions that an approver needs. A role that allows none of them is not kept. */
const decidingActions = [writeExemptions, exemptFromAssignment] as const;

/** Who may do some of it at a scope, by one role assignment. */
export const approverRole = z.object({
  principalId: z.string(),
  isGroup: z.boolean(),
  actions: z.array(z.string()),
});
export type ApproverRole = z.infer<typeof approverRole>;

const assignment = assignedRole.extend({ principalId: z.string(), principalType: z.string() });

/** So many role definitions in one question, because Azure limits the length of a query. */
const rolesPerQuestion = 150;

/** The key under which roles at a scope are kept. */
export const keyOfScope = (scope: string): string => (normalId(scope) === '' ? '/' : normalId(scope));

const mayAllow = ({ permissions }: Role): boolean =>
  grantsOf([{ scope: '/', roleDefinitionId: 'x' }], new Map([['x', { roleName: '', permissions }]])).some((grant) =>
    decidingActions.some((action) => grants(grant, action)),
  );

/** Undefined for a program, and for a role whose condition is not certainly met. */
const rowOf = (row: z.infer<typeof assignment>, roles: ReadonlyMap<string, Role>): MirrorRow | undefined => {
  const kind = row.principalType.toLowerCase();
  const held = grantsOf([row], roles);
  const actions = decidingActions.filter((action) => held.some((grant) => grants(grant, action)));
  if (actions.length === 0 || (kind !== 'user' && kind !== 'group')) return undefined;
  const data: ApproverRole = { principalId: row.principalId.toLowerCase(), isGroup: kind === 'group', actions };
  return { key: keyOfScope(row.scope), data };
};

/** The role assignments of people and groups with which somebody may approve, under their scopes. */
export const readApproverRoles = async (ask: ResourceGraph): Promise<MirrorRow[]> => {
  const definitions = await ask(roleRow, {
    ...alsoInherited,
    query: fill(queryNamed('role-definitions'), { ofNames: always }),
  });
  const roles = new Map([...rolesFrom(definitions)].filter(([, role]) => mayAllow(role)));
  const guids = [...roles.keys()].filter((guid) => /^[0-9a-f-]{36}$/.test(guid));
  const rows: MirrorRow[] = [];
  for (let from = 0; from < guids.length; from += rolesPerQuestion) {
    const pattern = `(?i)(${guids.slice(from, from + rolesPerQuestion).join('|')})$`;
    const query = fill(queryNamed('role-assignments'), {
      ofPrincipals: matchesPattern('tostring(properties.roleDefinitionId)', pattern),
    });
    for await (const page of ask.pages(assignment, { ...alsoInherited, query }))
      await inPieces(page, (row) => {
        const kept = rowOf(row, roles);
        if (kept !== undefined) rows.push(kept);
      });
  }
  return rows;
};

const rolesIn = (rows: readonly MirrorRow[]): ApproverRole[] => rows.map(({ data }) => approverRole.parse(data));

/** The groups whose members may matter: those with a role, and those that are named elsewhere; in lower case. */
export const groupsToRead = (rows: readonly MirrorRow[], named: readonly string[]): string[] => [
  ...new Set([
    ...rolesIn(rows).flatMap(({ isGroup, principalId }) => (isGroup ? [principalId] : [])),
    ...named.map((id) => id.toLowerCase()),
  ]),
];

/** The people who may write exemptions by a role of their own; whoever may only do the rest is known from a group. */
export const peopleToRead = (rows: readonly MirrorRow[]): string[] => [
  ...new Set(
    rolesIn(rows).flatMap(({ isGroup, principalId, actions }) =>
      isGroup || !actions.includes(writeExemptions) ? [] : [principalId],
    ),
  ),
];
