import { z } from 'zod';
import type { ExemptionGateway } from '../../core/exemption/exemption.ts';
import { GovernanceError, isRefusal, unlessRefused } from '../../core/governance-error.ts';
import { cached } from '../../core/cached.ts';
import { hiddenSentence } from '../../core/exemption/hidden-sentence.ts';
import { bodyFor, bodyOf, exemptionFrom, snapshotOf } from './exemption-json.ts';
import { createExemptionsNear } from './exemptions-near.ts';
import { createHiddenMembers, exemptionApiVersion as apiVersion } from './hidden-members.ts';
import { azureCodeOf } from '../client/failure.ts';
import { queryNamed } from '../client/query-text.ts';
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
  const everything = { query: queryNamed('exemptions'), authorizationScopeFilter: 'AtScopeAboveAndBelow' } as const;

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
  const listed = cached(
    async () => {
      const rows = await ask(z.unknown(), everything);
      return rows.map(exemptionFrom);
    },
    { what: 'policy exemptions', now },
  );

  const forget = (): void => {
    listed.forget();
    close.forget();
  };

  const remove = async (id: string): Promise<void> => {
    await callIfThere(id, { method: 'DELETE' }).finally(forget);
  };

  return {
    list: () => listed(''),

    near: close.near,

    async *pages() {
      for await (const rows of ask.pages(z.unknown(), everything)) yield rows.map(exemptionFrom);
    },

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
      const hidden = existing === undefined ? [] : await hiddenMembers(exemption.id, existing);
      const obstacle = hiddenSentence(exemption.id, hidden);
      if (obstacle !== undefined) throw new GovernanceError('conflict', obstacle);
      const body = bodyFor(exemption, existing);
      exemptionFrom(await call(exemption.id, { method: 'PUT', body }).finally(forget));
    },

    async snapshot(id) {
      const answer = await callIfThere(id, { method: 'GET' });
      return answer === undefined ? undefined : snapshotOf(answer);
    },

    async hiddenMembers(id) {
      const answer = await callIfThere(id, { method: 'GET' });
      return answer === undefined ? [] : hiddenMembers(id, answer);
    },

    async restore(id, snapshot, known) {
      requireId(id);
      const body = bodyOf(snapshot, known);
      await (body === undefined ? remove(id) : call(id, { method: 'PUT', body }).finally(forget));
    },

    remove,
  };
};
