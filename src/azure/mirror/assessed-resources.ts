import { z } from 'zod';
import { inPieces } from '../../core/in-turn.ts';
import { keptResource } from '../../core/mirror/kept-resource.ts';
import type { MirrorRow } from '../../core/mirror/mirror.ts';
import { normalId, subscriptionGuidOf } from '../../core/tenant/arm-id.ts';
import { fill, queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';
import { isInAzure } from '../defender/is-in-azure.ts';
import { governanceOwnersIn } from './governance-owners.ts';
import { tagsIn } from './resource-tags.ts';

const row = z.object({ id: z.string(), spelled: z.string(), assessed: z.array(z.string()) });

const keysOf = (assessed: readonly string[], wanted: (status: string) => boolean): string[] => [
  ...new Set(
    assessed.flatMap((text) => {
      const [status = '', key = ''] = text.split(' ');
      return wanted(status) ? [key] : [];
    }),
  ),
];

/**
 * The resources of a subscription that assessments name, each with its recommendations, tags and owners; ids are spelled as Defender spells
 * them.
 */
export const assessedResourcesIn = async (ask: ResourceGraph, subscription: string): Promise<MirrorRow[]> => {
  const guid = subscriptionGuidOf(subscription);
  if (guid === undefined) return [];
  const tagsOf = await tagsIn(ask, guid);
  const owners = await governanceOwnersIn(ask, guid);
  const query = fill(queryNamed('assessed-resources'), { isInAzure });
  const rows: MirrorRow[] = [];
  const keep = ({ id, spelled, assessed }: z.infer<typeof row>): void => {
    const keys = keysOf(assessed, () => true).toSorted();
    const [unhealthy = [], exempt = []] = ['unhealthy', 'exempt'].map((wanted) =>
      keysOf(assessed, (status) => status === wanted).toSorted(),
    );
    const key = normalId(id);
    const told = { id: spelled, keys, unhealthy, exempt, tags: tagsOf(key), governed: owners.get(key) };
    rows.push({ key, data: keptResource(told) });
  };
  for await (const page of ask.pages(row, { query, subscriptions: [guid] })) await inPieces(page, keep);
  return rows;
};
