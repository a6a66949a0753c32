import { z } from 'zod';
import { inPieces } from '../../core/in-turn.ts';
import { keptResource } from '../../core/mirror/kept-resource.ts';
import type { MirrorRow } from '../../core/mirror/mirror.ts';
import { normalId, resourceGroupOf, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import { fill, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { isInAzure } from '../defender/is-in-azure.ts';

const row = z.object({ id: z.string(), spelled: z.string(), assessed: z.array(z.string()) });

const keysOf = (assessed: readonly string[], wanted: (status: string) => boolean): string[] => [
  ...new Set(
    assessed.flatMap((text) => {
      const [status = '', key = ''] = text.split(' ');
      return wanted(status) ? [key] : [];
    }),
  ),
];

const tagsRow = z.object({ id: z.string(), tags: z.record(z.string(), z.string()).nullish().catch(undefined) });

type Tags = Readonly<Record<string, string>>;

/** The tags of a subscription by normal id, as far as Exemption Desk may read there: whatever it may not read is missing, not empty. */
const tagsIn = async (ask: ResourceGraph, guid: string): Promise<ReadonlyMap<string, Tags>> => {
  const tags = new Map<string, Tags>();
  for await (const page of ask.pages(tagsRow, { query: queryNamed('resource-tags'), subscriptions: [guid] }))
    for (const each of page) tags.set(normalId(each.id), each.tags ?? {});
  return tags;
};

/**
 * The resources of a subscription that assessments name, each with its recommendations; ids are spelled as Defender spells them. Azure passes
 * no tag down, but people read those of a resource group as if it did, so they count where the resource itself has none of that name.
 */
export const assessedResourcesIn = async (ask: ResourceGraph, subscription: string): Promise<MirrorRow[]> => {
  const guid = subscriptionGuidOf(subscription);
  if (guid === undefined) return [];
  const tags = await tagsIn(ask, guid);
  const tagsOf = (id: string): Tags | undefined => {
    const [own, around] = [tags.get(id), tags.get(resourceGroupOf(id) ?? '')];
    return own === undefined && around === undefined ? undefined : { ...around, ...own };
  };
  const query = fill(queryNamed('assessed-resources'), { isInAzure });
  const rows: MirrorRow[] = [];
  const keep = ({ id, spelled, assessed }: z.infer<typeof row>): void => {
    const keys = keysOf(assessed, () => true).toSorted();
    const unhealthy = keysOf(assessed, (status) => status === 'unhealthy').toSorted();
    const key = normalId(id);
    rows.push({ key, data: keptResource({ id: spelled, keys, unhealthy, tags: tagsOf(key) }) });
  };
  for await (const page of ask.pages(row, { query, subscriptions: [guid] })) await inPieces(page, keep);
  return rows;
};
