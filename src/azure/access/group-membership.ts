import { z } from 'zod';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { azureCodeOf, understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';

const answer = z.object({ value: z.array(z.string()) });

const membership = z.object({ id: z.string() });
const largestPage = '999';

/** The object ids of all groups that a person is in, directly or through another group; undefined where Microsoft Graph does not allow it. */
export type GroupMembership = (person: Person, signal: AbortSignal) => Promise<string[] | undefined>;

/** Microsoft Graph lists about 11,000 groups at once and refuses to list more. */
const areTooMany = (error: unknown): boolean =>
  error instanceof GovernanceError && azureCodeOf(error) === 'Directory_ResultSizeLimitExceeded';

/** The same page by page: slower, and for any number of groups. Also the ids of directory roles and administrative units, which hold no roles in Azure. */
export const createGroupPages =
  (graph: Rest) =>
  async ({ objectId }: Pick<Person, 'objectId'>, signal: AbortSignal): Promise<string[]> => {
    const found = await graph.list({
      path: `/v1.0/users/${objectId}/transitiveMemberOf`,
      // Microsoft Graph takes query parameters here only together with this header and $count.
      parameters: { $count: 'true', $top: largestPage },
      headers: { ConsistencyLevel: 'eventual' },
      signal,
    });
    return found.map((each) => understood(membership, each).id);
  };

export const createGroupMembership = (graph: Rest): GroupMembership => {
  const pageByPage = createGroupPages(graph);
  const atOnce = async ({ objectId }: Person, signal: AbortSignal): Promise<string[]> => {
    const path = `/v1.0/users/${objectId}/getMemberGroups`;
    const found = await graph.call({ method: 'POST', path, body: { securityEnabledOnly: false }, signal });
    return understood(answer, found).value;
  };

  return async (person, signal) => {
    try {
      return await atOnce(person, signal).catch((error: unknown) => {
        if (areTooMany(error)) return pageByPage(person, signal);
        throw error;
      });
    } catch (error) {
      if (!isRefusal(error, 'forbidden', 'not-found')) throw error;
      return undefined;
    }
  };
};
