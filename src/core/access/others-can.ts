import { andMore } from '../first-few.ts';

/** Built-in roles that may write and delete policy exemptions. */
export const exemptingRoles = 'Owner, Security Admin or Resource Policy Contributor';

/** So many places are named, and so many are looked into for people who could help. */
export const placesNamed = 3;

/** Somebody who could delete what another may not, and the labels of the places where. */
export type Helper = { readonly name: string; readonly places: readonly string[] };

/** What somebody may read but not delete, the labels of the first places where it is, how many places there are, and who could. */
export type Others = {
  readonly count: number;
  readonly places: readonly string[];
  readonly placesInAll: number;
  readonly people: readonly Helper[];
};

/** "a, b and c" */
const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');

/** People who can help in the same places stand together; those who can in most places come first. */
const inGroups = (people: readonly Helper[]): { readonly names: string; readonly places: readonly string[] }[] =>
  [...Map.groupBy(people, ({ places }) => JSON.stringify(places)).values()]
    .map((alike) => ({ names: listed(alike.map(({ name }) => name)), places: alike[0]?.places ?? [] }))
    .toSorted((a, b) => b.places.length - a.places.length);

const whoCan = ({ count, placesInAll, people }: Others): string => {
  const [first, ...more] = inGroups(people);
  if (first === undefined) return `: ask somebody who is ${exemptingRoles} there.`;
  const roles = `so could whoever is ${exemptingRoles} there.`;
  if (more.length === 0 && first.places.length === placesInAll)
    return `. ${first.names} could delete ${count === 1 ? 'it' : 'them'}, and ${roles}`;
  const rest = more.map((each) => `, ${each.names} those in ${listed(each.places)}`).join('');
  return `. ${first.names} could delete those in ${listed(first.places)}${rest}; ${roles}`;
};

const inPlaces = ({ places, placesInAll }: Others): string => {
  const named = places.slice(0, placesNamed);
  return [named.join(', '), andMore(placesInAll, named.length)].filter((part) => part !== '').join(' ');
};

/** Who could delete exemptions that somebody may not delete themselves: people, if any are known, and the roles that allow it. */
export const othersCan = (others: Others): string =>
  `${others.count === 1 ? 'One exemption' : `${others.count.toLocaleString('en')} exemptions`} in ${inPlaces(others)} could be deleted, but not by you${whoCan(others)}`;
