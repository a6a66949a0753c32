import { deleteExemptions, mayDo } from '../../core/access/access.ts';
import { placesNamed, type Helper } from '../../core/access/others-can.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { erased } from '../../core/ledger/erase-person.ts';
import { samePerson, type Person } from '../../core/person.ts';
import { decidersOf } from '../../core/request/deciders.ts';
import { normalId, subscriptionOf } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { maySee, takeViewpoint } from '../rights/take-viewpoint.ts';

/** A place that a card names, and the scopes of the exemptions in it. */
export type Place = { readonly scope: string; readonly label: string; readonly exempted: readonly string[] };

/** The most people that are asked about, and the most requests that are read for them at each place, whatever the tenant holds. */
const most = { people: 5, requests: 30 } as const;

/**
 * Who could delete all the exemptions in the first places: people who decided requests there that the asker may see, and whose roles, at most
 * 5 minutes old, allow it. Empty if nobody is known; somebody of whom Azure does not answer is left out.
 */
export const findWhoCouldDelete = async (desk: Desk, asker: Person, given: readonly Place[]): Promise<Helper[]> => {
  const named = given.slice(0, placesNamed);
  const places = named.map(({ scope }) => normalId(scope));
  if (named.length === 0) return [];
  const here = { person: asker, channelId: undefined };
  const [viewpoint, decided] = await Promise.all([
    takeViewpoint(desk, here),
    desk.database.requests.decidedNear({
      scopes: places.filter((scope) => subscriptionOf(scope) === undefined),
      inside: places.filter((scope) => subscriptionOf(scope) !== undefined),
      most: most.requests,
    }),
  ]);
  const people = decidersOf(decided.filter((request) => maySee(viewpoint, here, request)))
    .filter((person) => !samePerson(person, asker) && person.name !== erased.name)
    .slice(0, most.people);
  const found = await Promise.all(
    people.map(async (person): Promise<Helper> => {
      const access = await unlessUntold(() => desk.forReading(person), undefined);
      const mayDelete = (scope: string): boolean =>
        access !== undefined && mayDo(access, deleteExemptions, scope, viewpoint.hierarchy);
      return {
        name: person.name,
        places: named.filter(({ exempted }) => exempted.every(mayDelete)).map(({ label }) => label),
      };
    }),
  );
  return found.filter((helper) => helper.places.length > 0);
};
