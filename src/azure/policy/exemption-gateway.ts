import type { ExemptionGateway } from '../../core/exemption/exemption.ts';
import { GovernanceError, isRefusal, unlessRefused } from '../../core/governance-error.ts';
import { hiddenSentence } from '../../core/exemption/hidden-sentence.ts';
import { bodyFor, bodyOf, exemptionFrom, snapshotOf } from './exemption-json.ts';
import { createExemptionsNear } from './exemptions-near.ts';
import { createHiddenMembers, exemptionApiVersion as apiVersion } from './hidden-members.ts';
import { azureCodeOf } from '../client/failure.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

const timeLimitInMs = 30_000;

// Checked before every call: a wrong id must never delete anything but an exemption.
const exemptionId = /^\/.+\/providers\/microsoft\.authorization\/policyexemptions\/[^/]+$/i;

// Codes that say that the resource, group, subscription or management group is gone, not only the exemption.
const scopeGone = /^(Parent)?Resource(Group)?NotFound$|^SubscriptionNotFound$|^ManagementGroupNotFound$/i;

type Request = { readonly method: 'GET' | 'PUT' | 'DELETE'; readonly body?: unknown };

export const createExemptionGateway = (
  ask: ResourceGraph,
  resourceManager: Rest,
  now: () => Date,
): ExemptionGateway => {
  const requireId = (id: string): void => {
    if (!exemptionId.test(id)) throw new GovernanceError('invalid', `This is not the id of a policy exemption: ${id}`);
  };

  const call = async (id: string, request: Request): Promise<unknown> => {
    requireId(id);
    return withTimeLimit(timeLimitInMs, (signal) => resourceManager.call({ ...request, path: id, apiVersion, signal }));
  };

  /** The answer, or undefined if Azure says that there is no such exemption. */
  const callIfThere = (id: string, request: Request): Promise<unknown> =>
    unlessRefused(() => call(id, request), undefined, 'not-found');

  const hiddenMembers = createHiddenMembers(resourceManager, now);

  const close = createExemptionsNear(ask, now);
  const { forget } = close;

  const remove = async (id: string): Promise<void> => {
    await callIfThere(id, { method: 'DELETE' }).finally(forget);
  };

  return {
    near: close.near,

    async fate(id) {
      try {
        await call(id, { method: 'GET' });
        return 'there';
      } catch (error) {
        if (!isRefusal(error, 'not-found')) throw error;
        return scopeGone.test(azureCodeOf(error) ?? '') ? 'gone-with-scope' : 'deleted';
      }
    },

    async read(id) {
      const answer = await callIfThere(id, { method: 'GET' });
      return answer === undefined ? undefined : exemptionFrom(answer);
    },

    async write(exemption) {
      const existing = await callIfThere(exemption.id, { method: 'GET' });
      const hidden = existing === undefined ? [] : await hiddenMembers(exemption.id, Promise.resolve(existing));
      const obstacle = hiddenSentence(exemption.id, hidden);
      if (obstacle !== undefined) throw new GovernanceError('conflict', obstacle);
      const body = bodyFor(exemption, existing);
      return exemptionFrom(await call(exemption.id, { method: 'PUT', body }).finally(forget));
    },

    async snapshot(id) {
      const answer = await callIfThere(id, { method: 'GET' });
      return answer === undefined ? undefined : snapshotOf(answer);
    },

    hiddenMembers: (id) => hiddenMembers(id, callIfThere(id, { method: 'GET' })),

    async restore(id, snapshot, known) {
      requireId(id);
      const body = bodyOf(snapshot, known);
      if (body !== undefined) return exemptionFrom(await call(id, { method: 'PUT', body }).finally(forget));
      await remove(id);
      return undefined;
    },

    remove,
  };
};
