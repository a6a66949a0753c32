import { partPlayed, type PartPlayed } from '../../core/access/part-played.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { takeViewpoint } from './take-viewpoint.ts';

/** What somebody is to Exemption Desk, and the names of the scopes that they may read; empty if there are none, or none is known. */
export type PersonHere = { readonly part: PartPlayed; readonly reads: string };

/** The part that somebody plays, from the roles that lists know as well: Azure is asked only for what the next list would ask. Never throws for Azure. */
export const findPartPlayed = (desk: Desk, person: Person): Promise<PersonHere> =>
  unlessUntold<PersonHere, PersonHere>(
    async () => {
      const { access, hierarchy, label } = await takeViewpoint(desk, { person, channelId: undefined });
      return { part: partPlayed(access, hierarchy, desk.delegateGroups.length > 0), reads: label };
    },
    { part: 'unknown', reads: '' },
  );
