import { z } from 'zod';
import { mostPeople, type OwnerSource } from '../../core/access/owner-source.ts';
import { unlessRefused } from '../../core/governance-error.ts';
import { understood } from '../client/failure.ts';
import type { Rest } from '../client/rest.ts';
import { withTimeLimit } from '../client/time-limit.ts';

const user = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  mail: z.string().nullish(),
});

const timeLimitInMs = 5000;
const searched = ['displayName', 'userPrincipalName', 'mail'] as const;

/** A text of OData, in which a quote is written twice. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Looks people up in Microsoft Graph by the beginnings of their names: one question. */
export const createPeopleCalled =
  (graph: Rest): OwnerSource['called'] =>
  async (beginning) => {
    const filter = searched.map((field) => `startswith(${field},${literal(beginning)})`).join(' or ');
    const parameters = { $select: `id,${searched.join(',')}`, $top: String(mostPeople + 1) };
    const asked = (): Promise<unknown[] | undefined> =>
      withTimeLimit(timeLimitInMs, (signal) =>
        graph.list({ path: '/v1.0/users', filter, parameters, enough: mostPeople + 1, signal }),
      );
    const found = await unlessRefused(asked, undefined, 'forbidden');
    return found?.map((each) => {
      const { id, displayName, userPrincipalName, mail } = understood(user, each);
      const signIns = [userPrincipalName ?? '', mail ?? ''].filter((text) => text !== '');
      return { objectId: id, name: displayName ?? '', signIns: [...new Set(signIns)] };
    });
  };
