import { z } from 'zod';
import { normalId, resourceGroupOf, resourceTypeOf, subscriptionOf } from '../../core/tenant/arm-id.ts';
import { always, fill, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';

const tagsRow = z.object({ id: z.string(), tags: z.record(z.string(), z.string()).nullish().catch(undefined) });

export type Tags = Readonly<Record<string, string>>;

/** Names of tags differ by more than their casing, so one that is nearer takes the place of `Env` by `env`. */
const lowerNames = (tags: Tags | null | undefined): Tags =>
  Object.fromEntries(Object.entries(tags ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

/**
 * The tags that count for each resource of a subscription: its own, else those of its resource group, else those of the subscription. Azure
 * passes none down, but people read them so, and Defender's own rules for owners do. Undefined for what Exemption Desk may not read: without
 * Reader it sees the tags of a group, which say nothing about what is in it.
 */
export const tagsIn = async (ask: ResourceGraph, guid: string): Promise<(id: string) => Tags | undefined> => {
  const tags = new Map<string, Tags>();
  const readable = new Set<string>();
  const query = fill(queryNamed('resource-tags'), { mayCarry: always });
  for await (const page of ask.pages(tagsRow, { query, subscriptions: [guid] }))
    for (const each of page) {
      const id = normalId(each.id);
      tags.set(id, lowerNames(each.tags));
      if (resourceTypeOf(id) !== undefined) readable.add(subscriptionOf(id) ?? '');
    }
  return (id) => {
    const [subscription, group] = [subscriptionOf(id) ?? '', resourceGroupOf(id) ?? ''];
    const own = tags.get(id);
    const isReadable = own !== undefined || (readable.has(subscription) && (group === '' || tags.has(group)));
    return isReadable ? { ...tags.get(subscription), ...tags.get(group), ...own } : undefined;
  };
};
