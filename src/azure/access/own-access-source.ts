import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { grants, permits, type Denial, type Grant } from '../../core/access/access.ts';
import { nameOf, resourceGroupOf, sameId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import { GovernanceError, unlessRefused, unlessUntold } from '../../core/governance-error.ts';
import type { Lock, OwnAccess, OwnRight } from '../../core/access/own-access.ts';
import { denialsFor, denyAssignment, denyAssignmentsVersion } from './deny-assignments.ts';
import { understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';
import { permissions } from './role-grants.ts';
import { createRoleLists } from './role-lists.ts';
import { withTimeLimit } from '../client/time-limit.ts';

const versions = { permissions: '2022-04-01', denyAssignments: denyAssignmentsVersion, locks: '2020-05-01' } as const;
const timeLimitInMs = 5000;

const lock = z.object({ id: z.string(), properties: z.object({ level: z.string() }) });
const claims = z.object({ oid: z.string() });

/** The object id in a token; undefined if the token cannot be read. */
const objectIdIn = (token: string): string | undefined => {
  try {
    return claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))).oid;
  } catch {
    return undefined;
  }
};

export const createOwnAccessSource = (
  resourceManager: Rest,
  credential: TokenCredential,
  tokenScope: string,
): OwnAccess => {
  const listAt = (scope: string, kind: keyof typeof versions): Promise<unknown[]> =>
    withTimeLimit(timeLimitInMs, (signal) =>
      resourceManager.list({
        path: `${scope}/providers/Microsoft.Authorization/${kind}`,
        apiVersion: versions[kind],
        signal,
      }),
    );

  const ownId = async (): Promise<string> => {
    const token = await credential.getToken(tokenScope);
    return objectIdIn(token?.token ?? '') ?? '';
  };

  const { grantsAt } = createRoleLists(resourceManager);
  /** The roles of Exemption Desk and its groups at a scope and above, from its own role assignments. */
  const grantsOfOwnRoles = async (scope: string): Promise<Grant[]> => {
    const objectId = await ownId();
    if (objectId === '') throw new GovernanceError('unavailable', 'The token does not say who Exemption Desk is.');
    return withTimeLimit(timeLimitInMs, (signal) =>
      grantsAt([scope], 'roleAssignments', `atScope() and assignedTo('${objectId}')`, signal),
    );
  };

  /** Microsoft specifies the list of permissions for resource groups and resources only; elsewhere the roles are read as well, at the same time. */
  const permissionsAt = async (scope: string): Promise<readonly Omit<Grant, 'scope' | 'roleName'>[]> => {
    const listing = unlessRefused(() => listAt(scope, 'permissions'), undefined);
    const isSpecified = resourceGroupOf(scope) !== undefined;
    const roles = isSpecified ? undefined : grantsOfOwnRoles(scope);
    // A failure counts only if the roles are needed, and is thrown there.
    roles?.catch(() => undefined);
    const listed = await listing;
    return listed === undefined ? (roles ?? grantsOfOwnRoles(scope)) : understood(permissions, listed);
  };

  const rightsAt = async (scope: string, actions: readonly string[]): Promise<OwnRight[]> => {
    try {
      const held = await permissionsAt(scope);
      return actions.map((action) => {
        if (held.some((permission) => grants(permission, action))) return 'held';
        return held.some((permission) => permits(permission, action)) ? 'conditional' : 'lacking';
      });
    } catch (error) {
      if (!(error instanceof GovernanceError)) throw error;
      return actions.map(() => (error.code === 'forbidden' ? 'hidden' : 'unknown'));
    }
  };

  const mayAt = async (scope: string, action: string): Promise<OwnRight> =>
    (await rightsAt(scope, [action]))[0] ?? 'unknown';

  const denialsAt = async (scope: string): Promise<Denial[]> => {
    const found = (await listAt(scope, 'denyAssignments')).map((each) => understood(denyAssignment, each));
    const bot = { objectId: await ownId(), tenantId: '', name: '' };
    return denialsFor(bot, [], found);
  };

  const locksAt = async (scope: string): Promise<Lock[]> =>
    (await listAt(scope, 'locks')).map((each) => {
      const { id, properties } = understood(lock, each);
      const level = /^readonly$/i.test(properties.level) ? 'ReadOnly' : 'CanNotDelete';
      return { scope: scopeOfExtension(id), name: nameOf(id), level };
    });

  return {
    rightsAt,
    // Most permissions are inherited, so the resource group is asked about first: a hundred resources then take one query.
    async mayWrite({ action, scope }) {
      const group = resourceGroupOf(scope) ?? scope;
      const inGroup = await mayAt(group, action);
      return inGroup === 'held' || sameId(group, scope) ? inGroup : mayAt(scope, action);
    },
    // Only for checking a plan: a missing answer is unknown, and the write itself decides.
    denials: (scope) => unlessUntold(() => denialsAt(scope), undefined),
    locks: (scope) => unlessUntold(() => locksAt(scope), undefined),
  };
};
