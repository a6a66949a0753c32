import { z } from 'zod';
import { isRefusal } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';

const answer = z.object({ value: z.array(z.string()) });

/** The object ids of all groups that a person is in, directly or through another group; undefined where Microsoft Graph does not allow it. */
export type GroupMembership = (person: Person, signal: AbortSignal) => Promise<string[] | undefined>;

export const createGroupMembership =
  (graph: Rest): GroupMembership =>
  async (person, signal) => {
    const path = `/v1.0/users/${person.objectId}/getMemberGroups`;
    try {
      const found = await graph.call({ method: 'POST', path, body: { securityEnabledOnly: false }, signal });
      return understood(answer, found).value;
    } catch (error) {
      if (!isRefusal(error, 'forbidden', 'not-found')) throw error;
      return undefined;
    }
  };
