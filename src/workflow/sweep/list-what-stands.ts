import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { listingOf, recommendationSet, type Listing, type RecommendationSet } from '../../core/inventory/listing.ts';
import type { SightingInBrief } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { describeExemption } from '../inventory/describe-exemption.ts';
import type { SweepLook } from './look-around.ts';

/** An exemption as a list of Azure shows it. */
export type Standing = {
  readonly exemption: Exemption;
  readonly fingerprint: string;
  /** Of the request behind it. */
  readonly reference: string | undefined;
};

type Recommendations = RecommendationSet['recommendations'];

/** Makes what lists show. The recommendations that many exemptions have are digested once: the map returns the same ones for all. */
export const listingMaker = (
  desk: Pick<Desk, 'hash'>,
  { map, hierarchy }: Pick<SweepLook, 'map' | 'hierarchy'>,
): ((standing: Standing) => Listing) => {
  const sets = new WeakMap<Recommendations, RecommendationSet>();
  const setOf = (recommendations: Recommendations): RecommendationSet => {
    const set = sets.get(recommendations) ?? recommendationSet(recommendations, desk.hash);
    sets.set(recommendations, set);
    return set;
  };
  return ({ exemption, fingerprint, reference }) => {
    const { recommendations, wholeInitiative, assignmentName } = describeExemption(map, exemption);
    const facts = { wholeInitiative, assignmentName, recommendations: setOf(recommendations) };
    const label = scopeLabel(exemption.scope, hierarchy);
    return listingOf({ exemption, fingerprint, reference, scopeLabel: label, ...facts }, desk.hash);
  };
};

/** Lists exemptions as they stand, where lists show them otherwise or not at all; whatever the sweep does not know is left out. */
export const listStanding = async (
  desk: Pick<Desk, 'database'>,
  listingFor: (standing: Standing) => Listing,
  standing: readonly Standing[],
  known: ReadonlyMap<string, SightingInBrief>,
): Promise<void> => {
  const listings = standing.map(listingFor);
  const others = listings.filter(({ exemption, digest }) => known.get(normalId(exemption.id))?.listed !== digest);
  if (others.length > 0) await desk.database.listings.keep(others);
};
