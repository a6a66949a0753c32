import { distinctBy } from '../../core/lists.ts';
import type { Grant } from '../../core/access/access.ts';
import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { covers, type Hierarchy, type HierarchySource } from '../../core/tenant/hierarchy.ts';
import { cached } from '../client/cached.ts';
import { denyAssignment, denyAssignmentsVersion, type DenyAssignment } from './deny-assignments.ts';
import { noAnswerInsteadOfForbidden, understood } from '../client/failure.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

// One list serves everybody. What was read is kept even if the whole takes too long, so that the next attempt gets further.
const atATime = 16;
const timeLimitInMs = 20_000;

const reachedBy = (grants: readonly Grant[], hierarchy: Hierarchy): string[] => {
  const wide = hierarchy.subscriptions.filter(({ id }) => grants.some((grant) => covers(grant.scope, id, hierarchy)));
  const around = grants.flatMap((grant) => subscriptionOf(grant.scope) ?? []);
  return [...new Set([...wide.map(({ id }) => id), ...around].map(normalId))];
};

/** Every deny assignment at, above and below the subscriptions that some grants reach, or an error; never a part of them. */
export const createDenyAssignmentsBelow = (
  resourceManager: Rest,
  hierarchy: HierarchySource['hierarchy'],
  now: () => Date,
): ((grants: readonly Grant[]) => Promise<DenyAssignment[]>) => {
  const inSubscription = cached(
    async (subscription: string): Promise<DenyAssignment[]> => {
      const path = `${subscription}/providers/Microsoft.Authorization/denyAssignments`;
      const found = await withTimeLimit(timeLimitInMs, (signal) =>
        resourceManager.list({ path, apiVersion: denyAssignmentsVersion, signal }),
      ).catch(noAnswerInsteadOfForbidden);
      return found.map((each) => understood(denyAssignment, each));
    },
    { what: 'deny assignments', now },
  );

  return async (grants) => {
    const subscriptions = reachedBy(grants, await hierarchy());
    const lists = await withTimeLimit(timeLimitInMs, () => inParallel(subscriptions, atATime, inSubscription));
    return distinctBy(lists.flat(), ({ id }) => id.toLowerCase());
  };
};
