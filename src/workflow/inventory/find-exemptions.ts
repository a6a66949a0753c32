import { readExemptions } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { stillReading } from '../../core/inventory/listing-age.ts';
import { listingFilter, type ListingKind } from '../../core/inventory/listing-filter.ts';
import type { Desk } from '../desk.ts';
import { refuseWithoutRole } from '../rights/find-why-empty.ts';
import type { Asker } from '../rights/take-viewpoint.ts';
import { lookAtKept } from './kept-exemptions.ts';
import { madeInOf } from './read-exemption.ts';
import { expiringWithinDays } from './shown-state.ts';

/** What was made a moment ago is known only after the next sweep. */
const notFound = (words: string, { sweepMinutes }: Desk): GovernanceError =>
  new GovernanceError(
    'not-found',
    `There is no exemption “${words}” that you may see here. One that was created outside Exemption Desk shows within some ${sweepMinutes} minutes. To list them, send: exemptions`,
  );

/** One is shown; of several a list is shown, so that more need not be read. */
const several = 2;

type Wanted = { readonly kind: ListingKind; readonly isWhole: boolean };

const byName: Wanted = { kind: 'all', isWhole: true };
const ordinaryByName: Wanted = { kind: 'other-policies', isWhole: true };
const byPart: Wanted = { kind: 'all', isWhole: false };

/** The ids that the first of some ways finds, and whether any scope may be seen at all. */
const idsFound = async (desk: Desk, asker: Asker, words: string, ways: readonly Wanted[]) => {
  const { viewpoint, sights, readAt } = await lookAtKept(desk, asker);
  const { hierarchy } = viewpoint;
  const time = { now: desk.now(), timeZone: desk.timeZone, withinDays: expiringWithinDays };
  for (const way of ways) {
    const filter = listingFilter({ sights, place: undefined, hierarchy, text: words, ...way, ...time });
    const found = await desk.database.listings.page(filter, { most: several });
    if (found.length > 0) return { ids: found.map(({ exemption }) => exemption.id), isBlind: false };
  }
  const isBlind = viewpoint.scopes.length === 0;
  if (!isBlind && readAt.policy === undefined)
    throw new GovernanceError(
      'unavailable',
      `It is not known yet whether there is an exemption “${words}”. ${stillReading}`,
    );
  return { ids: [], isBlind };
};

/** The id of the exemption with a name, or the id itself. Throws GovernanceError not-found. */
export const exemptionIdOf = async (desk: Desk, asker: Asker, words: string): Promise<string> => {
  if (madeInOf(words) !== undefined) return words;
  const [id] = (await idsFound(desk, asker, words, [byName, ordinaryByName])).ids;
  if (id === undefined) throw notFound(words, desk);
  return id;
};

/**
 * The ids of the exemptions that a person may mean: one with that id or name, otherwise those that a list by these words shows. Two stand for
 * any number; never empty.
 */
export const exemptionIdsOf = async (desk: Desk, asker: Asker, words: string): Promise<[string, ...string[]]> => {
  if (madeInOf(words) !== undefined) return [words];
  const { ids, isBlind } = await idsFound(desk, asker, words, [byName, ordinaryByName, byPart]);
  const [first, ...others] = ids;
  if (first === undefined && isBlind) await refuseWithoutRole(desk, asker.person, 'exemptions', readExemptions);
  if (first === undefined) throw notFound(words, desk);
  return [first, ...others];
};
