import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { grants, permits, type Denial, type Grant } from '../../core/access/access.ts';
import { nameOf, normalId, resourceGroupOf, sameId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import { distinctBy } from '../../core/lists.ts';
import { covers, normalChain } from '../../core/tenant/hierarchy.ts';
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

type Wanted = { readonly action: string; readonly scope: string };
type Permission = Omit<Grant, 'scope' | 'roleName'>;

/** How permissions, as they are read, cover an action; or why nobody knows. */
const heldIn = async (read: () => Promise<readonly Permission[]>): Promise<(action: string) => OwnRight> => {
  try {
    const held = await read();
    return (action) => {
      if (held.some((permission) => grants(permission, action))) return 'held';
      return held.some((permission) => permits(permission, action)) ? 'conditional' : 'lacking';
    };
  } catch (error) {
    if (!(error instanceof GovernanceError)) throw error;
    return () => (error.code === 'forbidden' ? 'hidden' : 'unknown');
  }
};

const onceForEach = <Answer>(ask: (scope: string) => Promise<Answer>): ((scope: string) => Promise<Answer>) => {
  const asked = new Map<string, Promise<Answer>>();
  return (scope) => {
    const answer = asked.get(normalId(scope)) ?? ask(scope);
    asked.set(normalId(scope), answer);
    return answer;
  };
};

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

  const { grantsAt } = createRoleLists(resourceManager, new Map());
  /** The roles of Exemption Desk and its groups at a scope and above, from its own role assignments. */
  const grantsOfOwnRoles = async (scope: string): Promise<Grant[]> => {
    const objectId = await ownId();
    if (objectId === '') throw new GovernanceError('unavailable', 'The token does not say who Exemption Desk is.');
    return withTimeLimit(timeLimitInMs, (signal) =>
      grantsAt([{ scope, below: false }], 'roleAssignments', `assignedTo('${objectId}')`, signal),
    );
  };

  /** Microsoft specifies the list of permissions for resource groups and resources only; elsewhere the roles are read as well, at the same time. */
  const permissionsAt = async (scope: string): Promise<readonly Permission[]> => {
    const listing = unlessRefused(() => listAt(scope, 'permissions'), undefined);
    const isSpecified = resourceGroupOf(scope) !== undefined;
    const roles = isSpecified ? undefined : grantsOfOwnRoles(scope);
    // A failure counts only if the roles are needed, and is thrown there.
    roles?.catch(() => undefined);
    const listed = await listing;
    return listed === undefined ? (roles ?? grantsOfOwnRoles(scope)) : understood(permissions, listed);
  };

  const rightsAt = async (scope: string, actions: readonly string[]): Promise<OwnRight[]> => {
    const held = await heldIn(() => permissionsAt(scope));
    return actions.map(held);
  };

  const mayWrite: OwnAccess['mayWrite'] = async (rights, hierarchy) => {
    const [rolesAt, listedAt] = [onceForEach(grantsOfOwnRoles), onceForEach(permissionsAt)];
    const nearest = (scope: string): string => resourceGroupOf(scope) ?? scope;
    const places = distinctBy(
      rights.map(({ scope }) => nearest(scope)),
      normalId,
    );
    const below = (scope: string): string | undefined =>
      places.find((place) => normalChain(place, hierarchy).slice(1).includes(normalId(scope)));

    const mayAt = async (scope: string, action: string): Promise<OwnRight> =>
      (await heldIn(() => listedAt(scope)))(action);
    // The list of a place has the role assignments above it as well, so nothing above needs a question of its own.
    const mayAbove = async (place: string, { scope, action }: Wanted): Promise<OwnRight> => {
      const held = await heldIn(async () =>
        (await rolesAt(place)).filter((grant) => covers(grant.scope, scope, hierarchy)),
      );
      return held(action);
    };
    // Most permissions are inherited, so the resource group is asked about first: a hundred resources then take one question.
    const mayInside = async ({ scope, action }: Wanted): Promise<OwnRight> => {
      const inGroup = await mayAt(nearest(scope), action);
      return inGroup === 'held' || sameId(nearest(scope), scope) ? inGroup : mayAt(scope, action);
    };
    return Promise.all(
      rights.map((right) => {
        const place = resourceGroupOf(right.scope) === undefined ? below(right.scope) : undefined;
        return place === undefined ? mayInside(right) : mayAbove(place, right);
      }),
    );
  };

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
    mayWrite,
    // Only for checking a plan: a missing answer is unknown, and the write itself decides.
    denials: (scope) => unlessUntold(() => denialsAt(scope), undefined),
    locks: (scope) => unlessUntold(() => locksAt(scope), undefined),
  };
};
