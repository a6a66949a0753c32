import { z } from 'zod';
import { normalId, subscriptionGuidOf } from '../core/tenant/arm-id.ts';
import type { ResourceSource } from '../core/tenant/policy.ts';
import { carries, type TagWanted } from '../core/tenant/tag-filter.ts';
import { containsAll, fill, literals, queryNamed } from './client/query-text.ts';
import type { ResourceGraph } from './client/resource-graph.ts';

const row = z.object({ id: z.string(), location: z.string() });
const taggedRow = z.object({ id: z.string(), tags: z.record(z.string(), z.string()).nullish().catch(undefined) });

/** The piece that the text of the tags must have in it, so that not every tag of a tenant is read; JSON writes other characters as it likes. */
const plainPieces = ({ name, value = '' }: TagWanted): string[] =>
  [name, value].flatMap((text) => text.split(/[^\w .-]+/)).filter((piece) => piece !== '');

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
    async tagged(tag, subscriptions) {
      if (subscriptions.length === 0) return [];
      const mayCarry = containsAll('tostring(tags)', plainPieces(tag));
      const rows = await ask(taggedRow, {
        subscriptions: subscriptions.flatMap((id) => subscriptionGuidOf(id) ?? []),
        query: fill(queryNamed('resource-tags'), { mayCarry }),
      });
      return rows.filter(({ tags }) => carries(tags ?? {}, tag)).map(({ id }) => id);
    },
  };
};
