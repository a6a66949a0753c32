import { z } from 'zod';
import { nameOf, normalId, scopeOfExtension } from '../../core/tenant/arm-id.ts';
import { queryNamed } from '../client/query-text.ts';
import type { ResourceGraph } from '../client/resource-graph.ts';

const ownerRow = z.object({ id: z.string(), assessed: z.string(), owner: z.string() });

const assessments = '/providers/microsoft.security/assessments/';

/** The assessment that an owner was assigned to; the id of the assignment stands below it, where Azure leaves its own field out. */
const assessedBy = ({ id, assessed }: z.infer<typeof ownerRow>): string =>
  normalId(assessed.toLowerCase().includes(assessments) ? assessed : id.replace(/\/governanceAssignments\/.*$/i, ''));

/** By the normal id of a resource: the owners that governance rules of Defender assigned, in lower case, by recommendation key. */
export type GovernanceOwners = ReadonlyMap<string, Readonly<Record<string, string>>>;

export const governanceOwnersIn = async (ask: ResourceGraph, guid: string): Promise<GovernanceOwners> => {
  const owners = new Map<string, Record<string, string>>();
  for await (const page of ask.pages(ownerRow, { query: queryNamed('governance-owners'), subscriptions: [guid] }))
    for (const row of page) {
      const assessment = assessedBy(row);
      const resource = normalId(scopeOfExtension(assessment));
      const known = owners.get(resource) ?? {};
      known[nameOf(assessment)] = row.owner.trim().toLowerCase();
      owners.set(resource, known);
    }
  return owners;
};
