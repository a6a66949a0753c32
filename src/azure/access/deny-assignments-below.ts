import { distinctBy } from '../../core/lists.ts';
import type { Grant } from '../../core/access/access.ts';
import type { Observe } from '../../core/observed.ts';
import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { subscriptionsBelow, type Hierarchy, type HierarchySource } from '../../core/tenant/hierarchy.ts';
import { cached } from '../../core/cached.ts';
import { denyAssignment, denyAssignmentsVersion, type DenyAssignment } from './deny-assignments.ts';
import { noAnswerInsteadOfForbidden, understood } from '../client/failure.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Rest } from '../client/rest.ts';
import { abortsAfter, withTimeLimit } from '../client/time-limit.ts';

// One list serves everybody. What was read is kept even if the whole takes too long, so that the next attempt gets further.
const atATime = 16;
// For one subscription, and for the time in which the last one must have been asked.
const timeLimitInMs = 10_000;

/** Ids of the subscriptions that some grants reach, in lower case. */
const reachedBy = (grants: readonly Grant[], hierarchy: Hierarchy): string[] => {
  const scopes = grants.map(({ scope }) => scope);
  const around = scopes.flatMap((scope) => subscriptionOf(scope) ?? []).map(normalId);
  return [...new Set([...subscriptionsBelow(scopes, hierarchy), ...around])];
};

export type DenyAssignmentsBelow = {
  readonly found: readonly DenyAssignment[];
  /** Ids of the subscriptions whose deny assignments could not be read: nobody knows what somebody may read there. */
  readonly unread: readonly string[];
  /** The number of subscriptions that were asked. */
  readonly of: number;
  /** Those that were not read have only not had their turn yet. */
  readonly isStillReading: boolean;
};

/** The deny assignments of one subscription; or why they are not known. `why` undefined: the subscription has not had its turn yet. */
export type DenyAnswer =
  { readonly found: readonly DenyAssignment[] } | { readonly subscription: string; readonly why: unknown };

export type DenyAssignmentsIn = (subscriptions: readonly string[]) => Promise<readonly DenyAnswer[]>;

/** The deny assignments at, above and below a subscription, as Azure returns them. Throws GovernanceError unavailable, also where it refuses. */
export const denyAssignmentsIn = (resourceManager: Rest, subscription: string): Promise<unknown[]> => {
  const path = `${subscription}/providers/Microsoft.Authorization/denyAssignments`;
  return withTimeLimit(timeLimitInMs, (signal) =>
    resourceManager.list({ path, apiVersion: denyAssignmentsVersion, signal }),
  ).catch(noAnswerInsteadOfForbidden);
};

/** Asks Resource Manager for the deny assignments of each subscription. */
export const createDenyAssignmentsIn = (resourceManager: Rest, now: () => Date): DenyAssignmentsIn => {
  const inSubscription = cached(
    async (subscription: string): Promise<DenyAssignment[]> =>
      (await denyAssignmentsIn(resourceManager, subscription)).map((each) => understood(denyAssignment, each)),
    { what: 'deny assignments', now },
  );
  return async (subscriptions) => {
    const { signal, letGo } = abortsAfter(timeLimitInMs);
    const answerOf = async (subscription: string): Promise<DenyAnswer> => {
      try {
        signal.throwIfAborted();
        return { found: await inSubscription(subscription) };
      } catch (why) {
        return { subscription, why };
      }
    };
    return inParallel(subscriptions, atATime, answerOf).finally(letGo);
  };
};

/**
 * The deny assignments at, above and below the subscriptions that some grants reach, and the subscriptions that did not answer or refused.
 * Throws GovernanceError unavailable if none of them could be read.
 */
export const createDenyAssignmentsBelow =
  (
    denyAssignments: DenyAssignmentsIn,
    hierarchy: HierarchySource['hierarchy'],
    observe: Observe,
  ): ((grants: readonly Grant[]) => Promise<DenyAssignmentsBelow>) =>
  async (grants) => {
    const subscriptions = reachedBy(grants, await hierarchy());
    const answers = await denyAssignments(subscriptions);
    const failed = answers.flatMap((answer) => ('why' in answer ? [answer] : []));
    const isStillReading = failed.length > 0 && failed.every(({ why }) => why === undefined);
    const [first] = failed;
    if (first !== undefined) observe({ what: 'unread', subscriptions: failed.length });
    if (first !== undefined && failed.length === subscriptions.length && !isStillReading) throw first.why;
    return {
      found: distinctBy(
        answers.flatMap((answer) => ('found' in answer ? answer.found : [])),
        ({ id }) => id.toLowerCase(),
      ),
      unread: failed.map(({ subscription }) => subscription),
      of: subscriptions.length,
      isStillReading,
    };
  };
