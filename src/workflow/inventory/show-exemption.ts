import { readExemptions } from '../../core/access/access.ts';
import { isLasting, overlapping } from '../../core/exemption/exemption-cover.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { sameId } from '../../core/tenant/arm-id.ts';
import { isOrdinary, type ListedExemption, type ShownExemption } from '../../core/inventory/listed-exemption.ts';
import type { Desk } from '../desk.ts';
import { refuseWithoutRole } from '../rights/find-why-empty.ts';
import { canSee, takeViewpoint, type Asker } from '../rights/take-viewpoint.ts';
import { occasionOf, together, soonestFirst, contains } from './group-exemptions.ts';
import { lookAtExemptions } from './look-at-exemptions.ts';

const isCalled = ({ exemption }: ListedExemption, words: string): boolean =>
  [exemption.id, exemption.name, exemption.displayName].some((each) => each.toLowerCase() === words.toLowerCase());

const notFound = (words: string): GovernanceError =>
  new GovernanceError(
    'not-found',
    // An id says where somebody's exemption is, and nobody types one.
    `There is no exemption ${words.startsWith('/') ? '' : `“${words}” `}that you may see here. To list them, send: exemptions`,
  );

/** The exemption with an id or name, and those made together with it, as far as the asker may see them; not grouped. */
export const exemptionsMadeTogether = async (
  desk: Desk,
  asker: Asker,
  words: string,
): Promise<[ListedExemption, ...ListedExemption[]]> => {
  const rows = (await lookAtExemptions(desk, asker, 30)).rows.toSorted(soonestFirst);
  const called = rows.filter((row) => isCalled(row, words));
  const first = called.find((row) => !isOrdinary(row)) ?? called[0];
  if (first === undefined) throw notFound(words);
  return [first, ...rows.filter((each) => each !== first && occasionOf(each) === occasionOf(first))];
};

/**
 * The ids of the exemptions that a person may mean: one with that id or name, otherwise one from each row that a list by these words shows.
 * Never empty.
 */
export const exemptionIdsOf = async (desk: Desk, asker: Asker, words: string): Promise<[string, ...string[]]> => {
  const { rows: found, viewpoint } = await lookAtExemptions(desk, asker, 30);
  const rows = found.toSorted(soonestFirst);
  const ofDefender = rows.filter((row) => !isOrdinary(row));
  const called = ofDefender.filter((row) => isCalled(row, words));
  const ordinary = rows.find((row) => isOrdinary(row) && isCalled(row, words));
  const isNamed = called.length > 0 || ordinary !== undefined;
  const meant = isNamed ? called : ofDefender.filter((row) => contains(row, words));
  const [first = ordinary?.exemption.id, ...others] = together(meant).map(({ exemption }) => exemption.id);
  if (first === undefined && viewpoint.scopes.length === 0)
    await refuseWithoutRole(desk, asker.person, 'exemptions', readExemptions);
  if (first === undefined) throw notFound(words);
  return [first, ...others];
};

/** The name of another exemption that makes all of these redundant; undefined if one of them is needed. */
const coverOfAll = async (desk: Desk, asker: Asker, made: readonly ListedExemption[]): Promise<string | undefined> => {
  const sight = await takeViewpoint(desk, asker, readExemptions);
  const scopes = [...new Set(made.map(({ exemption }) => exemption.scope))];
  const existing = (await desk.exemptions.near(scopes, sight.hierarchy)).filter(({ scope }) => canSee(sight, scope));
  const context = { hierarchy: sight.hierarchy, now: desk.now(), location: undefined, existing };
  const covers = made.map(({ exemption }) => {
    const itself = existing.find(({ id }) => sameId(id, exemption.id));
    return itself === undefined
      ? undefined
      : overlapping(itself, context).find(
          (each) => (each.overlap.kind === 'wider' || each.overlap.kind === 'whole-initiative') && isLasting(each),
        );
  });
  const [first] = covers;
  if (first === undefined || covers.includes(undefined)) return undefined;
  return first.exemption.displayName || first.exemption.name;
};

/** One exemption by its id or name, grouped with those made together with it, as far as the asker may see them. */
export const showExemption = async (desk: Desk, asker: Asker, words: string): Promise<ShownExemption> => {
  const made = await exemptionsMadeTogether(desk, asker, words);
  return { ...(together(made)[0] ?? made[0]), coveredBy: await coverOfAll(desk, asker, made) };
};
