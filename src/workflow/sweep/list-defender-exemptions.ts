import { showTheSame, type ChangeTimes } from '../../core/inventory/change-times.ts';
import { inPieces } from '../../core/in-turn.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { placeName, scopeLabel } from '../../core/tenant/hierarchy.ts';
import { listingOf, recommendationSet } from '../../core/inventory/listing.ts';
import type { SweepingDesk } from '../desk.ts';
import { namedIn } from '../inventory/find-defender-exemptions.ts';
import type { SweepLook } from './look-around.ts';

/**
 * Lists all exemptions made in Defender as they stand, unless they have the change times with which they were listed before. Returns the change times
 * from before it read them. Those of the last sweep stay listed if Azure does not return all of them.
 */
export const listDefenderExemptions = async (
  desk: SweepingDesk,
  { at, map, hierarchy }: SweepLook,
  before: ChangeTimes | undefined,
): Promise<ChangeTimes | undefined> => {
  const times = await unlessUntold(() => desk.everyExemption.changeTimesOfDefender(), undefined);
  if (times !== undefined && before !== undefined && showTheSame(before, times)) {
    await desk.database.listings.noteReadOfDefender(at);
    return times;
  }
  const found = await unlessUntold(() => desk.everyExemption.ofDefender(), undefined);
  if (found === undefined) return undefined;
  const recommendationsOf = namedIn(map.catalogue);
  const listings = await inPieces(found, (exemption) => {
    const { category, displayName, expiresAt } = exemption;
    const facts = {
      madeIn: 'defender' as const,
      exemption,
      fingerprint: desk.hash(JSON.stringify([category, displayName, expiresAt])),
      placeName: placeName(exemption.scope, hierarchy),
      scopeLabel: scopeLabel(exemption.scope, hierarchy),
      reference: undefined,
      recommendations: recommendationSet(recommendationsOf(exemption), desk.hash),
      wholeInitiative: false,
      assignmentName: undefined,
    };
    return listingOf(facts, desk.hash);
  });
  await desk.database.listings.keepThoseOfDefender(listings, at);
  return times;
};
