import { normalId } from '../../core/tenant/arm-id.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import {
  listingDigest,
  listingOf,
  recommendationSet,
  type ListingFacts,
  type RecommendationSet,
} from '../../core/inventory/listing.ts';
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

/** Finds out what lists show. The recommendations that many exemptions have are digested once: the map returns the same ones for all. */
export const factsFinder = (
  desk: Pick<Desk, 'hash'>,
  { map, hierarchy }: Pick<SweepLook, 'map' | 'hierarchy'>,
): ((standing: Standing) => ListingFacts) => {
  const sets = new WeakMap<Recommendations, RecommendationSet>();
  const setOf = (recommendations: Recommendations): RecommendationSet => {
    const set = sets.get(recommendations) ?? recommendationSet(recommendations, desk.hash);
    sets.set(recommendations, set);
    return set;
  };
  return (standing) => {
    const { recommendations, ...described } = describeExemption(map, standing.exemption);
    const label = scopeLabel(standing.exemption.scope, hierarchy);
    return { ...standing, ...described, recommendations: setOf(recommendations), scopeLabel: label };
  };
};

/** Lists exemptions as they stand, where lists show them otherwise or not at all; whatever the sweep does not know is left out. */
export const listStanding = async (
  desk: Pick<Desk, 'database' | 'hash'>,
  factsOf: (standing: Standing) => ListingFacts,
  standing: readonly Standing[],
  known: ReadonlyMap<string, SightingInBrief>,
): Promise<void> => {
  const isListed = (facts: ListingFacts): boolean =>
    known.get(normalId(facts.exemption.id))?.listed === listingDigest(facts, desk.hash);
  const others = standing.map(factsOf).filter((facts) => !isListed(facts));
  if (others.length > 0) await desk.database.listings.keep(others.map((facts) => listingOf(facts, desk.hash)));
};
