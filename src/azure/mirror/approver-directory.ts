import { z } from 'zod';
import { isRefusal } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { chunksOf } from '../../core/lists.ts';
import { hiddenGroupsKey } from '../../core/mirror/mirror-lives.ts';
import type { MirrorRow } from '../../core/mirror/mirror.ts';
import { understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

/** Where Microsoft Graph may only tell ids, the other fields are null. */
const user = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
});
type User = z.infer<typeof user>;

/** As it is kept: the members of a group who could decide, or somebody with a role of their own. */
export const keptGroup = z.object({
  id: z.string(),
  people: z.array(z.string()),
  isWhole: z.boolean(),
  names: z.record(z.string(), z.string()),
});
export const keptPerson = z.object({ id: z.string(), couldDecide: z.boolean(), name: z.string().optional() });
type KeptGroup = z.infer<typeof keptGroup>;
type KeptPerson = z.infer<typeof keptPerson>;

const mostMembers = 5000;
/** Names are kept where so few could approve that a warning may name them. */
const mostNamed = 10;
const usersPerQuestion = 15;
const questionsAtOnce = 4;
const timeLimitInMs = 30_000;
const fields = 'id,displayName,accountEnabled,userType';
const eventually = { headers: { ConsistencyLevel: 'eventual' } };
const group = z.object({ visibility: z.string().nullish() });

/** Guests never decide, and with a disabled account nobody signs in. What is not told counts for the person. */
const couldDecide = ({ accountEnabled, userType }: User): boolean =>
  accountEnabled !== false && userType?.toLowerCase() !== 'guest';

const hidden = (id: string): MirrorRow[] => [{ key: hiddenGroupsKey, data: { id } }];

const groupRow = (id: string, found: readonly User[]): MirrorRow => {
  const people = found.filter(couldDecide);
  const named = people.length > mostNamed ? [] : people;
  const names = named.flatMap((each) => (each.displayName ? [[each.id.toLowerCase(), each.displayName] as const] : []));
  const data: KeptGroup = {
    id,
    people: people.slice(0, mostMembers).map((each) => each.id.toLowerCase()),
    isWhole: found.length <= mostMembers,
    names: Object.fromEntries(names),
  };
  return { key: id, data };
};

/** The people in a group, directly or through other groups, as far as Microsoft Graph shows them. Throws GovernanceError unavailable. */
export const readApproverGroup = (graph: Rest, id: string): Promise<MirrorRow[]> =>
  withTimeLimit(timeLimitInMs, async (signal) => {
    const path = `/v1.0/groups/${id}`;
    try {
      const about = await graph.call({ method: 'GET', path, parameters: { $select: 'id,visibility' }, signal });
      const found = await graph.list({
        path: `${path}/transitiveMembers/microsoft.graph.user`,
        parameters: { $count: 'true', $top: '999', $select: fields },
        ...eventually,
        enough: mostMembers + 1,
        signal,
      });
      // Microsoft Graph shows a group with hidden members as if it had none.
      const isHidden = found.length === 0 && understood(group, about).visibility === 'HiddenMembership';
      if (isHidden) return hidden(id);
      return [
        groupRow(
          id,
          found.map((each) => understood(user, each)),
        ),
      ];
    } catch (error) {
      if (isRefusal(error, 'not-found')) return [groupRow(id, [])];
      if (isRefusal(error, 'forbidden')) return hidden(id);
      throw error;
    }
  });

/**
 * The people with a role of their own, and whether each could decide. Roles of deleted accounts stay in Azure: whoever is not found cannot decide. Without the
 * permission to read people, everybody counts. Throws GovernanceError unavailable.
 */
export const readApproverPeople = async (graph: Rest, ids: readonly string[]): Promise<MirrorRow[]> => {
  const rowFor = (data: KeptPerson): MirrorRow => ({ key: data.id, data });
  const asked = async (chunk: readonly string[]): Promise<MirrorRow[]> => {
    try {
      const found = await withTimeLimit(timeLimitInMs, (signal) =>
        graph.list({
          path: '/v1.0/users',
          filter: `id in (${chunk.map((id) => `'${id}'`).join(',')})`,
          parameters: { $select: fields },
          signal,
        }),
      );
      const known = new Map(found.map((each) => understood(user, each)).map((each) => [each.id.toLowerCase(), each]));
      return chunk.map((id) => {
        const person = known.get(id);
        const name = person?.displayName ?? undefined;
        return rowFor({ id, couldDecide: person !== undefined && couldDecide(person), ...(name && { name }) });
      });
    } catch (error) {
      if (!isRefusal(error, 'forbidden')) throw error;
      return chunk.map((id) => rowFor({ id, couldDecide: true }));
    }
  };
  const guids = ids.filter((id) => z.guid().safeParse(id).success);
  return (await inParallel(chunksOf(guids, usersPerQuestion), questionsAtOnce, asked)).flat();
};
