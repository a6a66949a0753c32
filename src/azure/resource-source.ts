import { z } from 'zod';
import { normalId, subscriptionGuidOf } from '../core/tenant/arm-id.ts';
import type { ResourceSource } from '../core/tenant/policy.ts';
import { fill, literals, queryNamed } from './client/query-text.ts';
import type { ResourceGraph } from './client/resource-graph.ts';

const row = z.object({ id: z.string(), location: z.string() });

export const createResourceSource = (ask: ResourceGraph): ResourceSource => {
  const query = queryNamed('resource-locations');
  return {
    async locations(ids) {
      const subscriptions = new Set(ids.flatMap((id) => subscriptionGuidOf(id) ?? []));
      if (subscriptions.size === 0) return new Map();
      const rows = await ask(row, {
        subscriptions: [...subscriptions],
        query: fill(query, { ids: literals(ids.map(normalId)) }),
      });
      return new Map(rows.map(({ id, location }) => [normalId(id), location]));
    },
  };
};
